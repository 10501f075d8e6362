import { readFileSync, unlinkSync } from 'node:fs'
import { open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export class SpoolInUse extends Error {
  override name = 'SpoolInUse'
  readonly code = 'spool_in_use'
}

/** When a process began, as the kernel counts it: a process id alone may have been given to another one since. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** How often a lock that says nothing is looked at again. */
const patience = 20

/**
 * Takes a spool for this process alone: two would delete each other's files.
 * @returns a function that lets go
 * @throws SpoolInUse while another process has it; what a killed process left is taken over
 */
export async function lockSpool(directory: string): Promise<() => void> {
  const path = join(directory, 'lock')
  for (let attempt = 0; ; attempt++) {
    try {
      const file = await open(path, 'wx')
      await file.writeFile(`${process.pid} ${startOf(process.pid) ?? ''}`)
      await file.close()
      return () => unlinkSync(path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const [pid = '', start = ''] = (await readFile(path, 'utf8').catch(() => '')).split(' ')
    // Another process is between making the file and writing to it, or was killed there.
    if (pid === '' && attempt < patience) {
      await sleep(10)
      continue
    }
    const running = Number(pid) > 0 && isAlive(Number(pid)) && (startOf(Number(pid)) ?? '') === start
    if (running || attempt > patience + 2) throw new SpoolInUse(`The spool ${directory} is in use by process ${pid}.`)
    await unlink(path).catch(() => {})
  }
}
