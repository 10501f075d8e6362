import { EnvError } from '@guanlan/warehouse/parse-env'
import { readDemoEnv } from './env.ts'
import { run } from './run.ts'
import { openStorefront } from './storefront/open-storefront.ts'

/** Keeps the demo store alive; ends when there is none, or when it is asked to, once what is under way is acknowledged. */

const stop = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort())

try {
  const env = readDemoEnv()
  const closeStorefront = await openStorefront(env, (line) => process.stdout.write(`${line}\n`))
  await run({
    env,
    signal: stop.signal,
    // A line that is no log reaches the terminal of `npm start` as it is.
    say: (line) => process.stdout.write(`${line}\n`),
    now: Date.now,
  }).finally(closeStorefront)
} catch (error) {
  if (!stop.signal.aborted) {
    process.stderr.write(`${error instanceof EnvError ? error.message : (error as Error).stack}\n`)
    process.exitCode = 1
  }
}
