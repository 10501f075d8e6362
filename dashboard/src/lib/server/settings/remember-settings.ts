import { remember } from '../remember.ts'

const all = new Set<() => void>()

/** Remembers what depends on the settings, until one of them changes. */
export function rememberSettings<T>(ms: number, limit?: number) {
  const remembered = remember<T>(ms, limit)
  all.add(remembered.forget)
  return remembered
}

/** A setting has changed: who was removed is out at the next request, and a page shows what was just saved. */
export function forgetSettings(): void {
  for (const forget of all) forget()
}
