import type { Guanlan, Options } from '../api.ts'
import { start as begin } from '../core/start.ts'
import type { SecondFile } from '../inside.ts'

export type { Commerce, Guanlan, Item, Options, Purchase } from '../api.ts'

/** Brought when they are wanted: a bundler makes a file of each. */
const second: Partial<Record<SecondFile, () => Promise<unknown>>> = {
  vitals: () => import('../vitals/vitals.ts'),
  heatmap: () => import('../heatmap/heatmap.ts'),
  snapshot: () => import('../snapshot/snapshot.ts'),
}

/**
 * Begins to watch the page; call it once, in the browser.
 * @example const guanlan = start({ key: 'WRITE_KEY', host: 'https://in.example.com' })
 */
export function start({ key, host, consent, cookieless, ...parts }: Options): Guanlan {
  const off = Object.entries(parts).filter(([, on]) => on === false)
  const attributes = {
    ...{ key, host },
    ...(consent && { consent }),
    ...(cookieless && { cookieless: '' }),
    ...Object.fromEntries(off.map(([part]) => [part, 'off'])),
  }
  return begin(attributes, (file) => void second[file]?.())
}
