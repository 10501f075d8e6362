import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

// What the demo process writes down of itself; only what is shown is read.
const state = z.object({ phase: z.string(), store_id: z.string().optional(), share: z.number().optional() })

/** How far the demo store is; undefined where there is none. */
export interface DemoProgress {
  store_id: string
  /** Of its history, 0 to 1; 1 when its shoppers live. */
  share: number
}

/** Reads how far the demo store is. It is a file beside the data: a dashboard on another machine sees none. */
export async function demoProgress(dataDir: string): Promise<DemoProgress | undefined> {
  const text = await readFile(join(dataDir, 'demo', 'state.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { data } = state.safeParse(parsed(text))
  if (!data?.store_id || (data.phase !== 'filling' && data.phase !== 'live')) return undefined
  return { store_id: data.store_id, share: data.phase === 'live' ? 1 : (data.share ?? 0) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
