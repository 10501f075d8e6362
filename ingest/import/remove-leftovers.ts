import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** The scratch folder of this process. */
export const scratchFolder = (folder: string): string => join(folder, `scratch-${process.pid}`)

/** Removes what imports left behind that were killed; one that still runs keeps its own. */
export function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(/^scratch-(\d+)$/.exec(name)?.[1])
    if (pid > 0 && !isRunning(pid)) rmSync(join(folder, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
