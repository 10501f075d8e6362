import type { SnippetKey } from '#lib/server/connect/snippet-key.ts'
import { plainScript, type ScriptOptions } from './script-options.ts'
import type { Filling } from './snippets.ts'

/** Stands where a key must be put in by hand. */
const placeholder = '$WRITE_KEY'

/** What snippets are filled in with on a page at an address: ingest is on its host, unless its own address is told. */
export function fillingOf(
  { ingest_url, ingest_port, write_key }: SnippetKey,
  page: { protocol: string; hostname: string },
  store: { store_id: string; currency: string; time_zone: string },
  now: string,
  script: ScriptOptions = plainScript,
): Filling {
  const { store_id, currency, time_zone } = store
  return {
    ingest: ingest_url ?? `${page.protocol}//${page.hostname}:${ingest_port}`,
    write_key: write_key ?? placeholder,
    ...{ store_id, currency, time_zone, now, script },
  }
}
