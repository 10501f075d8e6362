import { readEnv, secretKey } from '@guanlan/warehouse/env'
import { httpUrl, port } from '@guanlan/warehouse/parse-env'
import { z } from 'zod'

const own = {
  JOBS_PORT: port.default(4100),
  /** Opens the addresses of contact points, signs the links of their buttons. */
  SECRET_KEY: secretKey,
  /** Where people open the dashboard: the beginning of every link in a message. */
  DASHBOARD_URL: httpUrl.optional(),
  DASHBOARD_PORT: port.default(3000),
  /** Where notifications may go besides the public internet: `mail.lan,hooks.lan:8080,10.1.0.0/16`. */
  ALERT_ALLOW_HOSTS: z.string().default(''),
}

/**
 * The environment of the jobs process.
 * @throws EnvError with a sentence for each wrong variable
 */
export const readJobsEnv = (env?: Record<string, string | undefined>) => readEnv(own, ...(env ? [env] : []))
export type JobsEnv = ReturnType<typeof readJobsEnv>
