import { remember } from '../remember.ts'

const all = new Set<() => void>()

/** Remembers what was read of the settings, until one of them changes. */
export function rememberSettings<T>(ms: number) {
  const remembered = remember<T>(ms)
  all.add(remembered.forget)
  return remembered
}

/** A setting has changed: who was removed is out at the next request, and a page shows what was just saved. */
export function forgetSettings(): void {
  for (const forget of all) forget()
}
