import type { Env } from './env.ts'
import type { SecretName } from './secrets.ts'
import { addresses } from './stages.ts'

/** The one screen that is shown when everything runs; what was made just now is shown this once. */
export function screen(
  env: Env,
  secrets: Record<SecretName, string>,
  made: Set<SecretName>,
  { seconds, secretsFile }: { seconds: number; secretsFile: string },
): string {
  const at = addresses(env)
  const secret = (name: SecretName, given: string) =>
    made.has(name) ? secrets[name] : process.env[name] ? given : `in ${secretsFile}`
  const lines = [
    '',
    `Guanlan 观澜 is ready after ${seconds.toFixed(1)} s`,
    '',
    `  Dashboard    ${at.dashboard}`,
    `  E-mail       ${secrets.ADMIN_EMAIL}`,
    `  Password     ${secret('ADMIN_PASSWORD', 'as in ADMIN_PASSWORD')}`,
    `  Write key    ${secrets.WRITE_KEY}   (public: browsers and apps of the store ${env.STORE_ID})`,
    `  Server key   ${secret('SERVER_KEY', 'as in SERVER_KEY')}   (secret: orders, refunds, back ends)`,
    `  Read key     ${secret('READ_KEY', 'as in READ_KEY')}   (secret: the read API)`,
    ...(made.size > 0 ? [`  Secrets are shown this once and kept in ${secretsFile}`] : []),
    '',
    '  Send a first event:',
    `    curl ${at.ingest}/v1/track -u '${secrets.WRITE_KEY}:' -H 'content-type: application/json' \\`,
    `      -d '{"anonymousId":"me","event":"Product Viewed","properties":{"product_id":"sku-1","price":199}}'`,
    '',
    `  Data and logs are in ${env.DATA_DIR}. Ctrl-C stops everything in order.`,
    '',
  ]
  return lines.join('\n')
}
