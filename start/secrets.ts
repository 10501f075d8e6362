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

const kept = z.partialRecord(z.enum(names), z.string().min(1))

export const secretsFile = (dataDir: string) => join(dataDir, 'secrets.json')

/**
 * The keys and the first login: from the environment where it gives them, else from DATA_DIR, where those that are
 * missing are made, readable for their owner alone.
 * @returns all of them, and the names of those made just now: their one chance to be shown
 * @throws StartError when the file is damaged
 */
export function openSecrets(
  dataDir: string,
  env: Record<string, string | undefined>,
): { secrets: Record<SecretName, string>; made: Set<SecretName> } {
  const path = secretsFile(dataDir)
  const before = existsSync(path) ? read(path) : {}
  const made = new Set(names.filter((name) => !env[name] && before[name] === undefined))
  const after = { ...before, ...Object.fromEntries([...made].map((name) => [name, makers[name]()])) }
  if (made.size > 0) replace(path, `${JSON.stringify(after, null, 2)}\n`)
  const secrets = Object.fromEntries(names.map((name) => [name, env[name] || after[name]]))
  return { secrets: secrets as Record<SecretName, string>, made }
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
