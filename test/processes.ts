import { readdir, readFile } from 'node:fs/promises'

/** The children of a process whose command line contains a text; Linux only. */
export async function childrenOf(pid: number, containing: string): Promise<number[]> {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = await readFile(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      const command = (await readFile(`/proc/${name}/cmdline`, 'utf8')).replaceAll('\0', ' ')
      if (parent === pid && command.includes(containing)) found.push(Number(name))
    } catch {
      // It ended while we looked.
    }
  }
  return found
}

/** Resident memory of a process in MiB. */
export async function residentMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
}

/** A process and all that descend from it; Linux only. */
export async function treeOf(pid: number): Promise<number[]> {
  const below = await Promise.all((await childrenOf(pid, '')).map(treeOf))
  return [pid, ...below.flat()]
}
