import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Guard } from './guard.ts'
import { root } from './root.ts'
import { type Service, StartError } from './service.ts'

export interface World {
  /** Tells the person at the terminal. */
  say: (line: string) => void
  /** Takes what a process prints. */
  listen: (name: string, child: ChildProcess) => { tail: () => string }
  guard: Guard
  /** Milliseconds: before the first restart, before any restart at most, and running well that starts the count anew. */
  delays: { first: number; longest: number; settled: number }
}

export interface Kept {
  name: string
  /** Resolves when it answers for the first time; rejects with StartError when it ends before, or is too slow. */
  ready: Promise<void>
  /** Asks it to stop, makes it stop when its time is up; resolves when it has ended. */
  stop: () => Promise<void>
  /** Ends it at once. */
  kill: () => void
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`

/** Ends a process and whatever it has started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // All of them have ended already.
  }
}

/** Starts a service and starts it again, each time after a longer pause, whenever it ends by itself. */
export function keepRunning(service: Service, { say, listen, guard, delays }: World): Kept {
  const { name, command, env, input } = service
  const stopping = new AbortController()
  let child: ChildProcess | undefined
  let crashes = 0

  /** One life of the process: resolves with how it ended. */
  async function live(onReady: () => void): Promise<{ how: string; isWell: boolean; tail: string; lasted: number }> {
    const began = Date.now()
    // In a process group of its own: Ctrl-C must reach the supervisor alone, or everything would stop at once.
    const born = spawn(command[0], command.slice(1), {
      cwd: root,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    child = born
    born.stdin.on('error', () => {})
    born.stdin.end(input)
    if (born.pid !== undefined) guard.started(born.pid)
    const { tail } = listen(name, born)
    const over = new AbortController()
    let isWell = false
    const ended = new Promise<string>((resolve) => {
      born.on('error', (error) => resolve(`cannot be run: ${error.message}`))
      born.on('exit', () => killGroup(born))
      // Not before its last words are read.
      born.on('close', (code, signal) => {
        isWell = code === 0
        resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`)
      })
    })
    const asking = untilReady(service, over.signal).then((ready) => ready && onReady())
    const how = await ended
    over.abort()
    await asking
    if (born.pid !== undefined) guard.ended(born.pid)
    child = undefined
    return { how, isWell, tail: tail(), lasted: Date.now() - began }
  }

  let settle: { resolve: () => void; reject: (error: Error) => void } = { resolve() {}, reject() {} }
  let started = false
  const ready = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject }
  })
  ready.catch(() => {})
  const tooSlow = setTimeout(() => {
    settle.reject(new StartError(`${name} did not answer within ${seconds(service.readyWithin)}.`))
  }, service.readyWithin)

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const born = Date.now()
      const { how, isWell, tail, lasted } = await live(() => {
        if (started) say(`${name} runs again after ${seconds(Date.now() - born)}.`)
        started = true
        clearTimeout(tooSlow)
        settle.resolve()
      })
      if (stopping.signal.aborted) return
      if (isWell && service.mayEnd) return
      if (!started) {
        settle.reject(new StartError(`${name} ${how}.${tail && `\n${tail}`}`))
        return
      }
      crashes = lasted >= delays.settled ? 1 : crashes + 1
      const pause = Math.min(delays.first * 2 ** (crashes - 1), delays.longest)
      say(`${name} ${how}; it is started again in ${seconds(pause)}.`)
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }
  const running = run()

  return {
    name,
    ready,
    stop: async () => {
      clearTimeout(tooSlow)
      stopping.abort()
      const last = child
      last?.kill('SIGTERM')
      const late = setTimeout(() => {
        say(`${name} did not stop within ${seconds(service.stopWithin)}; it is killed.`)
        if (last) killGroup(last)
      }, service.stopWithin)
      await running
      clearTimeout(late)
    },
    kill: () => {
      stopping.abort()
      if (child) killGroup(child)
    },
  }
}

async function untilReady({ ready }: Service, over: AbortSignal): Promise<boolean> {
  while (!over.aborted) {
    if (await ready()) return !over.aborted
    await sleep(50, undefined, { signal: over }).catch(() => {})
  }
  return false
}
