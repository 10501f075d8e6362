import { firstStore, readEnv, secretKey } from '@guanlan/warehouse/env'
import { port } from '@guanlan/warehouse/parse-env'
import { z } from 'zod'

const key = z.string({ error: 'it must be a key' }).min(1)
const bytes = z.coerce.number({ error: 'it must be a number of bytes' }).int().positive()

/** The environment of ingest; a wrong variable ends the start with a sentence that names it. */
export const readIngestEnv = (env: Record<string, string | undefined> = process.env) =>
  readEnv(
    {
      ...firstStore,
      INGEST_PORT: port.default(4000),
      SECRET_KEY: secretKey,
      /** Public, in the browser; belongs to STORE_ID. */
      WRITE_KEY: key.optional(),
      /** Secret; records and back ends of every store. */
      SERVER_KEY: key.optional(),
      READ_KEY: key.optional(),
      /** The header in which a proxy in front tells a visitor's address; without it cookieless visitors would share the proxy's. */
      ADDRESS_HEADER: z
        .string()
        .regex(/^[A-Za-z0-9-]+$/, 'it must be the name of a header, as in X-Forwarded-For')
        .optional(),
      /** What may wait on disk for ClickHouse; past it senders are told to wait. */
      SPOOL_MAX_BYTES: bytes.default(20 * 2 ** 30),
      /** What the spool leaves free on its disk. */
      SPOOL_MIN_FREE_BYTES: bytes.default(512 * 2 ** 20),
      /** Of a body as sent, and of one unpacked in memory. NDJSON is read in passing and has no such limit. */
      MAX_BODY_BYTES: bytes.default(16 * 2 ** 20),
    },
    env,
  )

export type IngestEnv = ReturnType<typeof readIngestEnv>
