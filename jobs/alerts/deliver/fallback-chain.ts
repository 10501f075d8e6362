import type { Setting } from '@guanlan/warehouse/settings/read'

/** A contact point, its fallback, the fallback's fallback …: each once, however they name each other. */
export function fallbackChain(id: string, contactPoints: ReadonlyMap<string, Setting<'contact_point'>>): string[] {
  const chain: string[] = []
  for (let next: string | undefined = id; next !== undefined; next = contactPoints.get(next)?.value.fallback) {
    if (chain.includes(next)) break
    chain.push(next)
  }
  return chain
}
