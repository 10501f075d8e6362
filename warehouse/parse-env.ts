import { z } from 'zod'

export class EnvError extends Error {
  override name = 'EnvError'
  readonly code = 'invalid_environment'
}

/**
 * Validates environment variables once, at the start of a process. An empty variable counts as unset.
 * @throws EnvError whose message is one sentence for each wrong variable, and never repeats a value.
 */
export function parseEnv<T extends z.ZodObject>(schema: T, env: Record<string, string | undefined>): z.output<T> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const sentences = parsed.error.issues.map((issue) => `${issue.path.join('.')} is wrong: ${issue.message}.`)
  throw new EnvError([...new Set(sentences)].join(' '))
}

/** A TCP port written in digits. */
export const port = z.coerce.number({ error: 'it must be a port, 1 to 65535' }).int().min(1).max(65535)

/** An http or https address. */
export const httpUrl = z.url({ protocol: /^https?$/, error: 'it must be an http:// or https:// address' })

/** A Redis address; a path to a socket is written unix:///path. */
export const redisUrl = z.string().regex(/^(rediss?|unix):\/\//, 'it must begin with redis://, rediss:// or unix://')

/** An e-mail address as a login: `admin@localhost` is one too, which a check made for the internet would refuse. */
export const emailAddress = z.string().regex(/^[^\s@]+@[^\s@]+$/, 'it must be an e-mail address')
