import { mkdirSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { StartError } from './service.ts'

const leastFree = 512 * 1024 * 1024

/** Makes the data directory. @throws StartError when it cannot be written to, or its disk is almost full */
export function openDataDir(path: string, needed = leastFree): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(`The data directory ${path} cannot be made (${code}): set DATA_DIR to a folder of yours.`)
  }
  const { bavail, bsize } = statfsSync(path)
  const free = bavail * bsize
  if (free >= needed) return
  const mib = (bytes: number) => `${Math.floor(bytes / 1024 / 1024)} MiB`
  throw new StartError(
    `The disk of the data directory ${path} has ${mib(free)} left and ${mib(needed)} are needed: make room, or set DATA_DIR to another disk.`,
  )
}

/** @throws StartError that names the port, its variable, and what to do */
export async function claimPorts(host: string, ports: Record<string, number>): Promise<void> {
  const wanted = Object.entries(ports)
  for (const [variable, port] of wanted) {
    const twin = wanted.find(([other, same]) => other !== variable && same === port)
    if (twin) throw new StartError(`${variable} and ${twin[0]} are both ${port}: give each a port of its own.`)
    const failure = await tryPort(host, port)
    if (failure === 'EADDRINUSE') {
      throw new StartError(`Port ${port} is in use: stop what uses it, or set ${variable} to another port.`)
    }
    if (failure === 'EACCES') throw new StartError(`Port ${port} needs root: set ${variable} to one above 1023.`)
    if (failure) throw new StartError(`HOST ${host} is not an address of this machine (${failure}).`)
  }
}

function tryPort(host: string, port: number): Promise<string | undefined> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}
