import { readEnv } from '@guanlan/warehouse/env'
import { port } from '@guanlan/warehouse/parse-env'

/**
 * The environment of the jobs process.
 * @throws EnvError with a sentence for each wrong variable
 */
export const readJobsEnv = (env?: Record<string, string | undefined>) =>
  readEnv({ JOBS_PORT: port.default(4100) }, ...(env ? [env] : []))
export type JobsEnv = ReturnType<typeof readJobsEnv>
