import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What makes a data directory one that is in use. */
const signs = ['secrets.json', 'warehouse', 'ingest']

const over = new Set(['declined', 'removed'])

/**
 * Whether the demo store runs. It is decided once, at the first start on a data directory, and noted in it: a new one
 * gets the store, unless it is to stay empty or the facts lie in somebody's own ClickHouse, where they may be real.
 */
export function wantsDemoStore(dataDir: string, { empty, isOwn }: { empty: boolean; isOwn: boolean }): boolean {
  const folder = join(dataDir, 'demo')
  const path = join(folder, 'state.json')
  if (!existsSync(path)) {
    const isNew = !signs.some((name) => existsSync(join(dataDir, name)))
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(path, `${JSON.stringify({ phase: isNew && isOwn && !empty ? 'wanted' : 'declined' })}\n`, {
      mode: 0o600,
    })
  }
  return !empty && !over.has(phaseIn(path))
}

/** A file that cannot be read counts as a store that is over: nothing is made by mistake. */
function phaseIn(path: string): string {
  try {
    return String(JSON.parse(readFileSync(path, 'utf8')).phase)
  } catch {
    return 'declined'
  }
}
