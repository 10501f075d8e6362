import { EnvError } from '@guanlan/warehouse/parse-env'
import { ImportError } from './failure.ts'
import { exitCodes, runImport } from './run-import.ts'

const stop = new AbortController()
/** One Ctrl-C arrives several times: from the terminal, and once more from each process above this one. */
const sameKeyMs = 1_000
let stoppedAt = 0
const stopOrLeave = () => {
  if (stop.signal.aborted && Date.now() - stoppedAt > sameKeyMs) process.exit(exitCodes.stopped)
  if (stop.signal.aborted) return
  process.stderr.write('Stopping when what is under way has been answered.\n')
  stoppedAt = Date.now()
  stop.abort()
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopOrLeave)
// The process above this one was killed outright.
process.on('disconnect', stopOrLeave)
process.channel?.unref()

try {
  process.exitCode = await runImport({
    argv: process.argv.slice(2),
    out: process.stdout,
    signal: stop.signal,
  })
} catch (error) {
  if (stop.signal.aborted) {
    process.stderr.write('Stopped. The same command goes on from here.\n')
    process.exitCode = exitCodes.stopped
  } else {
    const expected = error instanceof ImportError || error instanceof EnvError
    process.stderr.write(`${expected ? error.message : (error as Error).stack}\n`)
    process.exitCode = exitCodes.failed
  }
}
