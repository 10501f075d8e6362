import { join } from 'node:path'
import { EnvError } from '@guanlan/warehouse/parse-env'
import { dashboardBuild } from './dashboard-build.ts'
import { wantsDemoStore } from './demo-store.ts'
import { readEnv } from './env.ts'
import { openGuard, waitForGuard } from './guard.ts'
import { listenTo } from './listen.ts'
import { lockFolder } from './lock.ts'
import { claimPorts, openDataDir } from './preflight.ts'
import { type Run, runStages } from './run-stages.ts'
import { screen } from './screen.ts'
import { openSecrets } from './secrets.ts'
import { StartError } from './service.ts'
import { ownPorts, stages } from './stages.ts'

/** When the person pressed Enter, where the launcher tells. */
const began = Number(process.env.GUANLAN_BEGAN ?? Date.now())
const say = (line: string) => process.stdout.write(`${line}\n`)
// A closed terminal must not stop what runs.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

let run: Run | undefined
let asked = 0
let stopAsked: () => void
const stopped = new Promise<void>((resolve) => {
  stopAsked = resolve
})

function stop(): void {
  // One Ctrl-C arrives several times: from the terminal and from npm. A second one in earnest comes later.
  if (asked > 0 && Date.now() - asked < 2_000) return
  if (asked > 0) {
    say('Killing what still runs.')
    run?.kill()
    process.exit(1)
  }
  asked = Date.now()
  say('Stopping in order. Ctrl-C again kills.')
  stopAsked()
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
// The launcher was killed.
process.on('disconnect', stop)

async function start(args: string[]): Promise<void> {
  const unknown = args.find((arg) => arg !== '--empty')
  if (unknown) throw new StartError(`${unknown} is not an option; there is --empty.`)
  const env = readEnv()
  openDataDir(env.DATA_DIR)
  const runFolder = join(env.DATA_DIR, 'run')
  const release = await lockFolder(runFolder, `The data directory ${env.DATA_DIR}`)
  await waitForGuard(runFolder, say)
  await claimPorts(env.HOST, ownPorts(env))
  const hasDemo = wantsDemoStore(env.DATA_DIR, { empty: args.includes('--empty'), isOwn: !env.clickhouseGiven })
  const secrets = openSecrets(env.DATA_DIR, process.env)
  const all = await stages(env, secrets.values, { say, hasDemo })
  if (all.some(({ tasks }) => tasks.includes(dashboardBuild))) say('Building the dashboard from its sources.')

  let quiet = true
  const guard = openGuard(runFolder)
  run = runStages(all, {
    say,
    guard,
    // Until the screen is there, what matters of it is in the error.
    listen: listenTo(join(env.DATA_DIR, 'logs'), (line) => quiet || say(line)),
    delays: { first: 500, longest: 30_000, settled: 60_000 },
  })
  try {
    await Promise.race([run.ready, stopped])
    const seconds = (Date.now() - began) / 1000
    if (asked === 0) {
      say(screen(env, secrets, { seconds, hasDemo }))
      secrets.seen()
    }
    quiet = false
    await stopped
  } finally {
    await run.drain()
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
