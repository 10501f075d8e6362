import { z } from 'zod'
import { emailAddress } from '../parse-env.ts'

export const roles = ['owner', 'analyst', 'operator', 'viewer'] as const
/** What a user may do in a store; what each may is in the dashboard's permissions. */
export type Role = (typeof roles)[number]

const name = z.string().min(1).max(120)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** What the user may do in which store; `*` stands for every store. */
const rolesByStore = z.record(z.string(), z.enum(roles))

export const key = z.object({
  name,
  /** write: public, in the browser; server: records and back ends; read: the read API. */
  scope: z.enum(['write', 'server', 'read']),
  /** SHA-256 of the key in hex: a secret key itself is shown once and kept nowhere. */
  hash: sha256,
  last_four: z.string().length(4),
  /** Where a browser may send from; empty: from anywhere. */
  origins: z.array(z.string()).default([]),
  /** A write key itself: every browser of the shop has it, and snippets are filled in with it. */
  public_key: z.string().optional(),
  /** From then on it is nobody's: the key that another has replaced, and that is to work for a while yet. */
  expires_at: z.iso.datetime().optional(),
})

export const user = z.object({
  email: emailAddress,
  name: z.string().max(120),
  /** argon2id, as a PHC string. */
  password_hash: z.string(),
  /** Of the password that the environment named last, for the owner it names: another one there replaces password_hash. */
  environment_password_hash: z.string().optional(),
  roles: rolesByStore,
})

/** A link by which somebody chooses a password: a new user, or one who has lost it. Used once, and not after expires_at. */
export const invitation = z.object({
  purpose: z.enum(['invitation', 'password_reset']),
  email: emailAddress,
  name: z.string().max(120),
  /** Of the new user; a password reset changes none. */
  roles: rolesByStore,
  /** SHA-256 of the token in the link, in hex. */
  token_hash: sha256,
  expires_at: z.iso.datetime(),
  /** Of a password reset: as the user was when it was made. Another version ends it. */
  user_version: z.int().positive().optional(),
})
