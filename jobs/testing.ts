import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Ends a process and waits until it has. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
  return child.exitCode
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Asks until the answer is true; for tests. */
export async function until(
  what: string,
  ask: () => Promise<boolean>,
  { withinMs = 60_000, everyMs = 100 } = {},
): Promise<void> {
  const deadline = Date.now() + withinMs
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error(`In ${withinMs} ms it did not happen that ${what}.`)
    await sleep(everyMs)
  }
}

export interface JobsProcess {
  child: ChildProcess
  /** Parsed lines of its log. */
  lines: Record<string, unknown>[]
  url: string
}

/** Starts the jobs process as it is started in production, and waits until it says that it is ready; for tests. */
export async function startJobs(env: Record<string, string>): Promise<JobsProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts')], {
    env: { JOBS_PORT: String(await freePort()), SECRET_KEY: 'a secret for tests', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: Record<string, unknown>[] = []
  let said = ''
  let rest = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      const parts = (rest + chunk).split('\n')
      rest = parts.pop() ?? ''
      for (const part of parts) {
        const line = JSON.parse(part)
        lines.push(line)
        if (line.msg === 'jobs ready') resolve()
      }
    })
    child.once('exit', () => reject(new Error(said.trim())))
  })
  const ready = lines.find((line) => line.msg === 'jobs ready')
  return { child, lines, url: `http://127.0.0.1:${ready?.port}` }
}
