import type { DemoEnv } from '../env.ts'
import { serveStorefront } from './serve-storefront.ts'

/**
 * Serves the demo shop's pages for as long as the demo store runs; the tracker's requests go through it, so that no page has to
 * hold a key. A port that is taken is no reason to go without the store.
 * @returns closes it
 */
export async function openStorefront(
  { HOST, DEMO_PORT, INGEST_URL, SERVER_KEY }: DemoEnv,
  say: (line: string) => void,
): Promise<() => Promise<void>> {
  try {
    const { close } = await serveStorefront({
      ...{ host: HOST, port: DEMO_PORT, tracker: { src: '/g.js', 'data-key': 'demo' } },
      forward: { ingest: INGEST_URL, key: SERVER_KEY, store_id: 'demo' },
    })
    return close
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    say(
      `Demo store: its pages are not served, ${code === 'EADDRINUSE' ? `port ${DEMO_PORT} is in use: set DEMO_PORT to another one` : message}.`,
    )
    return async () => {}
  }
}
