import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { StartError } from './service.ts'

const random = (bytes: number) => randomBytes(bytes).toString('base64url')

/** What is made at the first start for each that the environment does not give. */
const makers = {
  SECRET_KEY: () => random(32),
  ADMIN_EMAIL: () => 'admin@guanlan.local',
  ADMIN_PASSWORD: () => random(12),
  WRITE_KEY: () => `write_${random(18)}`,
  SERVER_KEY: () => `server_${random(24)}`,
  READ_KEY: () => `read_${random(24)}`,
}
export type SecretName = keyof typeof makers
const names = Object.keys(makers) as SecretName[]

const kept = z.object({
  ...(Object.fromEntries(names.map((name) => [name, z.string().min(1).optional()])) as Record<
    SecretName,
    z.ZodOptional<z.ZodString>
  >),
  /** Made at a start that failed before it could show them. */
  unseen: z.array(z.enum(names)).optional(),
})

export const secretsFile = (dataDir: string) => join(dataDir, 'secrets.json')

export interface Secrets {
  values: Record<SecretName, string>
  /** Those that were made and that nobody has seen yet. */
  unseen: Set<SecretName>
  /** They were shown; they will not be again. */
  seen: () => void
}

/**
 * The keys and the first login: from the environment where it gives them, else from DATA_DIR, where those that are
 * missing are made, readable for their owner alone. They are taken out of the environment: what is started here inherits
 * none that it is not handed.
 * @throws StartError when the file is damaged
 */
export function openSecrets(dataDir: string, env: Record<string, string | undefined>): Secrets {
  const path = secretsFile(dataDir)
  const before = existsSync(path) ? read(path) : {}
  const missing = names.filter((name) => !env[name] && before[name] === undefined)
  const made = Object.fromEntries(missing.map((name) => [name, makers[name]()]))
  const unseen = new Set([...(before.unseen ?? []), ...missing])
  const write = (left: SecretName[]) =>
    replace(path, `${JSON.stringify({ ...before, ...made, unseen: left }, null, 2)}\n`)
  if (missing.length > 0) write([...unseen])
  const values = Object.fromEntries(names.map((name) => [name, env[name] || before[name] || made[name]]))
  for (const name of names) delete env[name]
  return {
    values: values as Record<SecretName, string>,
    unseen,
    seen: () => {
      if (unseen.size > 0) write([])
    },
  }
}

function read(path: string) {
  try {
    return kept.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    throw new StartError(`${path} is damaged. Restore it from a backup, or move it away: new keys are made then.`)
  }
}

/** Old or new, never half of it, whenever the power fails. */
function replace(path: string, content: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600)
  writeSync(file, content)
  fsyncSync(file)
  closeSync(file)
  renameSync(`${path}.new`, path)
}
