import pino from 'pino'
import { EnvError } from '../parse-env.ts'
import { StartError } from './engine.ts'
import { readEnv, sizeThreadPool } from './env.ts'
import { openWarehouse } from './open-warehouse.ts'

const log = pino({ name: 'warehouse' })

// The engine's own leave-taking could wait for ever for a statement that still runs.
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'the warehouse fails')
  process.kill(process.pid, 'SIGKILL')
})

async function main(): Promise<void> {
  const env = readEnv()
  sizeThreadPool(env)
  const warehouse = await openWarehouse(env, log)
  log.info({ host: warehouse.host, port: warehouse.port, version: warehouse.version }, 'warehouse ready')
  let stopping = false
  const stop = async (parentIsGone = false) => {
    if (stopping) return
    stopping = true
    // What was acknowledged is on disk: an engine that cannot end in time may be ended.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), env.drainMs + 10_000).unref()
    await warehouse.close()
    // With the parent went whoever read the log: its last line would be tried for ever.
    if (parentIsGone) process.kill(process.pid, 'SIGKILL')
    log.info('warehouse closed')
    process.exit(0)
  }
  process.on('SIGTERM', () => stop())
  process.on('SIGINT', () => stop())
  const orphaned = () => stop(true)
  if (env.exitWithParent) process.stdin.resume().once('end', orphaned).once('error', orphaned)
}

main().catch((error: unknown) => {
  const expected = error instanceof StartError || error instanceof EnvError
  process.stderr.write(`${expected ? error.message : (error as Error).stack}\n`)
  process.exit(1)
})
