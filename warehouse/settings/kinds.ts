import { z } from 'zod'
import { timeZone } from '../instant.ts'
import { emailAddress } from '../parse-env.ts'

/** Names that stand in URLs, file names and SQL parameters. */
export const storeId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be 1 to 63 of a–z, 0–9, - and _')

const store = z.object({
  name: z.string().min(1).max(120),
  time_zone: timeZone,
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in CNY'),
  /** Whether the sender's session ids make the sessions, instead of the 30-minute gap. */
  trusts_sender_sessions: z.boolean().default(false),
})

const key = z.object({
  name: z.string().min(1).max(120),
  /** write: public, in the browser; server: records and back ends; read: the read API. */
  scope: z.enum(['write', 'server', 'read']),
  /** SHA-256 of the key in hex: the key itself is shown once and kept nowhere. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  last_four: z.string().length(4),
  /** Where a browser may send from; empty: from anywhere. */
  origins: z.array(z.string()).default([]),
})

const user = z.object({
  email: emailAddress,
  name: z.string().max(120),
  /** argon2id, as a PHC string. */
  password_hash: z.string(),
  /** Of the password that the environment named last, for the owner it names: another one there replaces password_hash. */
  environment_password_hash: z.string().optional(),
  /** What the user may do in which store; `*` stands for every store. */
  roles: z.record(z.string(), z.enum(['owner', 'analyst', 'operator', 'viewer'])),
})

/** The kinds of setting and the shape of each: one place for all of them. */
export const kinds = { store, key, user }
export type Kind = keyof typeof kinds
export type Value<K extends Kind> = z.output<(typeof kinds)[K]>
