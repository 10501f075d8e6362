import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv, port } from '@guanlan/warehouse/parse-env'
import { z } from 'zod'

const schema = z.object({
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((path) => resolve(path)),
  INGEST_PORT: port.default(4000),
  SERVER_KEY: z.string().optional(),
})

export type ImportEnv = z.output<typeof schema>

/** The environment of an import. @throws EnvError */
export const readImportEnv = (env: Record<string, string | undefined> = process.env): ImportEnv => parseEnv(schema, env)

/** The server key that the first start made and kept in DATA_DIR; undefined when there is none. */
export function keptServerKey(dataDir: string): string | undefined {
  try {
    const kept = z.object({ SERVER_KEY: z.string().min(1) })
    return kept.parse(JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8'))).SERVER_KEY
  } catch {
    return undefined
  }
}
