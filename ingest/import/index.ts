import { EnvError } from '@guanlan/warehouse/parse-env'
import { ImportError } from './failure.ts'
import { exitCodes, runImport } from './run-import.ts'

const stop = new AbortController()
let asked = 0
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second Ctrl-C does not wait. One alone arrives several times: from the terminal, from npm and from the launcher.
    if (asked > 0 && Date.now() - asked > 1000) process.exit(exitCodes.stopped)
    asked ||= Date.now()
    stop.abort()
  })
}

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
