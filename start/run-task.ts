import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { killGroup, type World } from './keep-running.ts'
import { root } from './root.ts'
import { StartError, type Task } from './service.ts'

/**
 * Runs a task to its end.
 * @throws StartError with the last lines it printed when it ends badly, takes too long or is called off
 */
export async function runTask(
  task: Task,
  { listen, guard }: Omit<World, 'delays'>,
  calledOff: AbortSignal,
): Promise<void> {
  const child = spawn(task.command[0], task.command.slice(1), {
    cwd: join(root, task.folder ?? '.'),
    env: { ...process.env, ...task.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) guard.started(child.pid)
  const { tail } = listen(task.name, child)
  const bound = AbortSignal.timeout(task.within)
  const stop = () => killGroup(child)
  for (const signal of [bound, calledOff]) signal.addEventListener('abort', stop)
  const how = await new Promise<string | undefined>((resolve) => {
    child.on('error', (error) => resolve(`cannot be run: ${error.message}`))
    child.on('close', (code, signal) =>
      resolve(code === 0 ? undefined : signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    )
  })
  for (const signal of [bound, calledOff]) signal.removeEventListener('abort', stop)
  if (child.pid !== undefined) guard.ended(child.pid)
  if (bound.aborted) throw new StartError(`${task.name} took longer than ${task.within / 1000} s.\n${tail()}`)
  if (how !== undefined) throw new StartError(`${task.name} ${how}.\n${tail()}`)
}
