import { type Kept, keepRunning, type World } from './keep-running.ts'
import { runTask } from './run-task.ts'
import type { Service, Task } from './service.ts'

/** What starts together. Stages stop in reverse; the services of one stop one after the other, as listed. */
export interface Stage {
  services: Service[]
  tasks: Task[]
}

export interface Run {
  /** Resolves when every service answers and every task is done; rejects with the first failure, or when called off. */
  ready: Promise<void>
  /** Calls the start off where it is still going on, and stops what runs, in order. */
  drain: () => Promise<void>
  /** Ends everything at once. */
  kill: () => void
}

/** Starts the stages one after the other. */
export function runStages(stages: Stage[], world: World): Run {
  const calledOff = new AbortController()
  const { signal } = calledOff
  const started: Kept[][] = []
  const off = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  off.catch(() => {})

  async function start(): Promise<void> {
    for (const { services, tasks } of stages) {
      signal.throwIfAborted()
      const kept = services.map((service) => keepRunning(service, world))
      started.push(kept)
      const all = [...kept.map(({ ready }) => ready), ...tasks.map((task) => runTask(task, world, signal))]
      await Promise.race([off, Promise.all(all)])
    }
  }
  const ready = start()
  ready.catch(() => {})

  return {
    ready,
    drain: async () => {
      calledOff.abort()
      await ready.catch(() => {})
      for (const stage of started.toReversed()) for (const kept of stage) await kept.stop()
    },
    kill: () => {
      calledOff.abort()
      for (const kept of started.flat()) kept.kill()
    },
  }
}
