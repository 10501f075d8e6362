import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './root.ts'

/** Keeps account of the processes that must not outlive this one. */
export interface Guard {
  started: (pid: number) => void
  ended: (pid: number) => void
  /** Lets it go; it stops whatever has not ended. */
  close: () => void
}

const file = (runFolder: string) => join(runFolder, 'guard.pid')

/** Starts guard.sh, which stops our processes when this one ends, even by SIGKILL. */
export function openGuard(runFolder: string): Guard {
  // In a process group of its own, so that Ctrl-C does not reach it.
  const guard = spawn('sh', [join(root, 'start/guard.sh'), file(runFolder)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  // Without a guard the product works as well, it only cannot be killed as cleanly.
  guard.on('error', () => {})
  guard.stdin.on('error', () => {})
  return {
    started: (pid) => guard.stdin.write(`+${pid}\n`),
    ended: (pid) => guard.stdin.write(`-${pid}\n`),
    close: () => guard.stdin.end(),
  }
}

/** Whether the guard of an earlier run is still stopping what that run has left. */
function atWork(runFolder: string): boolean {
  if (!existsSync(file(runFolder))) return false
  const pid = Number(readFileSync(file(runFolder), 'utf8'))
  try {
    process.kill(pid, 0)
    // After a reboot the number may be anybody's.
    return !existsSync('/proc/self/cmdline') || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('guard.sh')
  } catch {
    return false
  }
}

/** Waits, a minute at most, until nothing of an earlier run is left in the data directory. */
export async function waitForGuard(runFolder: string, say: (line: string) => void): Promise<void> {
  const deadline = Date.now() + 60_000
  if (atWork(runFolder)) say('The run before was killed; waiting until its processes have stopped.')
  while (atWork(runFolder) && Date.now() < deadline) await sleep(100)
}
