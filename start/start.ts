import { join } from 'node:path'
import { EnvError } from '@guanlan/warehouse/parse-env'
import { readEnv } from './env.ts'
import { openGuard, waitForGuard } from './guard.ts'
import { type Kept, keepRunning, type World } from './keep-running.ts'
import { listenTo } from './listen.ts'
import { lockFolder } from './lock.ts'
import { claimPorts, openDataDir } from './preflight.ts'
import { runTask } from './run-task.ts'
import { screen } from './screen.ts'
import { openSecrets, secretsFile } from './secrets.ts'
import { StartError } from './service.ts'
import { ownPorts, stages } from './stages.ts'

const began = performance.now()
const say = (line: string) => process.stdout.write(`${line}\n`)
// A closed terminal must not stop what runs.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const calledOff = new AbortController()
let started: Kept[][] = []

/** Stops what has started, the last stage first. */
async function drain(): Promise<void> {
  for (const stage of started.toReversed()) for (const kept of stage) await kept.stop()
  started = []
}

let asked = 0
function stop(): void {
  // One Ctrl-C arrives several times: from the terminal and from npm. A second one in earnest comes later.
  if (asked > 0 && Date.now() - asked < 2_000) return
  if (asked > 0) {
    say('Killing what still runs.')
    for (const kept of started.flat()) kept.kill()
    process.exit(1)
  }
  asked = Date.now()
  say('Stopping: ingest first, the warehouse last. Ctrl-C again kills.')
  calledOff.abort()
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
process.on('disconnect', stop)

async function start(args: string[]): Promise<void> {
  const unknown = args.find((arg) => arg !== '--empty')
  if (unknown) throw new StartError(`${unknown} is not an option; there is --empty.`)
  const env = readEnv()
  openDataDir(env.DATA_DIR)
  const runFolder = join(env.DATA_DIR, 'run')
  const release = await lockFolder(runFolder, `the data directory ${env.DATA_DIR}`)
  await waitForGuard(runFolder, say)
  await claimPorts(env.HOST, ownPorts(env))
  const { secrets, made } = openSecrets(env.DATA_DIR, process.env)

  let printing = false
  const guard = openGuard(runFolder)
  const world: World = {
    say,
    guard,
    listen: listenTo(join(env.DATA_DIR, 'logs'), (line) => printing && say(line)),
    delays: { first: 500, longest: 30_000, settled: 60_000 },
  }
  try {
    for (const { services, tasks } of await stages(env, secrets, say)) {
      if (tasks.some((task) => task.name === 'build')) say('Building the dashboard, once for these sources.')
      const kept = services.map((service) => keepRunning(service, world))
      started.push(kept)
      const off = new Promise<never>((_, reject) => calledOff.signal.addEventListener('abort', () => reject(calledOff)))
      await Promise.race([
        off,
        Promise.all([
          ...kept.map(({ ready }) => ready),
          ...tasks.map((task) => runTask(task, world, calledOff.signal)),
        ]),
      ])
    }
    const seconds = (performance.now() - began) / 1000
    say(screen(env, secrets, made, { seconds, secretsFile: secretsFile(env.DATA_DIR) }))
    printing = true
    if (!calledOff.signal.aborted) await new Promise((resolve) => calledOff.signal.addEventListener('abort', resolve))
  } catch (error) {
    if (!calledOff.signal.aborted) throw error
  } finally {
    await drain()
    guard.close()
    release()
  }
}

function sentence(error: unknown): string {
  if (error instanceof StartError || error instanceof EnvError) return error.message
  const { code, path, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return `The disk is full${path ? ` (${path})` : ''}: make room and start again.`
  if (code === 'EACCES' || code === 'EROFS')
    return `${path} cannot be written (${code}): set DATA_DIR to a folder of yours.`
  return `Guanlan cannot start: ${message}`
}

try {
  await start(process.argv.slice(2))
  if (asked > 0) say('Everything has stopped.')
  process.exit(0)
} catch (error) {
  process.stderr.write(`${sentence(error)}\n`)
  process.exit(1)
}
