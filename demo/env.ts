import { resolve } from 'node:path'
import { httpUrl, parseEnv, port } from '@guanlan/warehouse/parse-env'
import { z } from 'zod'

/** Which shop the demo store is; `npm start` reads them too, so that a wrong one stops the start. */
export const demo = {
  DEMO_SEED: z.coerce
    .number({ error: 'it must be a whole number from 0 to 4294967295' })
    .int('it must be a whole number from 0 to 4294967295')
    .min(0, 'it must be a whole number from 0 to 4294967295')
    .max(0xffff_ffff, 'it must be a whole number from 0 to 4294967295')
    .default(1),
  /** Where the shop's own pages are. */
  DEMO_PORT: port.default(4200),
  /** The day that everything is laid around: today, unless it is told. */
  DEMO_ANCHOR: z.iso.date('it must be a day, as in 2026-11-20').optional(),
  DEMO_DAYS: z.coerce
    .number({ error: 'it must be a number of days, 1 to 180' })
    .int('it must be a number of days, 1 to 180')
    .min(1, 'it must be a number of days, 1 to 180')
    .max(180, 'it must be a number of days, 1 to 180')
    .default(90),
}

const schema = z.object({
  ...demo,
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((path) => resolve(path)),
  HOST: z.string().default('127.0.0.1'),
  INGEST_URL: httpUrl.default('http://127.0.0.1:4000'),
  SERVER_KEY: z.string({ error: 'it must be set; `npm start` makes one' }),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export type DemoEnv = z.output<typeof schema>

/** @throws EnvError */
export const readDemoEnv = (env: Record<string, string | undefined> = process.env): DemoEnv => parseEnv(schema, env)
