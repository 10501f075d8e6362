import type { Env } from './env.ts'
import { type SecretName, type Secrets, secretsFile } from './secrets.ts'
import { addresses } from './stages.ts'

/** The one screen that is shown when everything runs; secrets that were made are shown this once. */
export function screen(
  env: Env,
  { values, unseen }: Secrets,
  { seconds, hasDemo }: { seconds: number; hasDemo: boolean },
): string {
  const at = addresses(env)
  const file = secretsFile(env.DATA_DIR)
  const secret = (name: SecretName) =>
    env[name] !== undefined ? `as in ${name}` : unseen.has(name) ? values[name] : `in ${file}`
  const lines = [
    '',
    `Guanlan 观澜 is ready after ${seconds.toFixed(1)} s`,
    '',
    `  Dashboard    ${at.dashboard}`,
    `  E-mail       ${values.ADMIN_EMAIL}`,
    `  Password     ${secret('ADMIN_PASSWORD')}`,
    `  Write key    ${values.WRITE_KEY}   (public: browsers and apps of the store ${env.STORE_ID})`,
    `  Server key   ${secret('SERVER_KEY')}   (secret: orders, refunds, back ends)`,
    `  Read key     ${secret('READ_KEY')}   (secret: the read API)`,
    ...(unseen.size > 0 ? [`  What was made now is shown this once, and kept in ${file}`] : []),
    ...(hasDemo
      ? [
          '  Demo store   观澜生活馆（演示）, beside your own; it fills while you look around',
          `  Its pages    ${at.demo}, with the tracker in them`,
        ]
      : []),
    '',
    '  Send a first event:',
    `    curl ${at.ingest}/v1/track -u '${values.WRITE_KEY}:' -H 'content-type: application/json' \\`,
    `      -d '{"anonymousId":"me","event":"Product Viewed","properties":{"product_id":"sku-1","price":199}}'`,
    '',
    `  Data and logs are in ${env.DATA_DIR}. Ctrl-C stops everything in order.`,
    '',
  ]
  return lines.join('\n')
}
