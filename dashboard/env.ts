import { readEnv as readEnvOf, secretKey } from '@guanlan/warehouse/env'
import { emailAddress, httpUrl, port } from '@guanlan/warehouse/parse-env'
import { z } from 'zod'

const own = {
  DASHBOARD_PORT: port.default(3000),
  /** The address people type when a proxy stands in front, as in https://guanlan.example.com. */
  DASHBOARD_URL: httpUrl.optional(),
  /** The header in which that proxy tells a visitor's address; without it logins are limited by the proxy's. */
  ADDRESS_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'it must be the name of a header, as in X-Forwarded-For')
    .optional(),
  /** Seals the addresses of contact points and proves the links of alerts; without it neither is possible. */
  SECRET_KEY: secretKey.optional(),
  /** Reads every store through the read API. */
  READ_KEY: z.string().min(1).optional(),
  ADMIN_EMAIL: emailAddress.optional(),
  ADMIN_PASSWORD: z.string().min(1).optional(),
  /** Shown in snippets: it is public, every browser of the shop has it. */
  WRITE_KEY: z.string().optional(),
  /** Known by its last four letters alone, among the keys. */
  SERVER_KEY: z.string().optional(),
  STORE_ID: z.string().default('main'),
  INGEST_PORT: port.default(4000),
  /** Where shops and browsers reach ingest, as in https://in.example.com; else it is INGEST_PORT on the dashboard's host. */
  INGEST_URL: httpUrl.optional(),
  /** Where this server itself reaches ingest, when that is neither this machine nor INGEST_URL. */
  INGEST_INTERNAL_URL: httpUrl.optional(),
}

/** The dashboard's environment, validated. @throws EnvError one sentence for each wrong variable */
export const readEnv = (env: Record<string, string | undefined> = process.env) => readEnvOf(own, env)
export type Env = ReturnType<typeof readEnv>

/** In these two headers `serve.ts` tells the adapter under which address it was asked. */
export const adapterHeaders = { protocol: 'x-guanlan-protocol', host: 'x-guanlan-host' } as const

/** Hands the adapter its settings; it reads them once, when its handler is loaded. */
export function tellAdapter({ ADDRESS_HEADER }: Env): void {
  const { protocol: PROTOCOL_HEADER, host: HOST_HEADER } = adapterHeaders
  Object.assign(process.env, { PROTOCOL_HEADER, HOST_HEADER, ...(ADDRESS_HEADER && { ADDRESS_HEADER }) })
}
