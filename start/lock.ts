import { mkdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { StartError } from './service.ts'

const name = 'lock'

/** The path of a socket has about 100 bytes at most: it is named from inside its folder, however long that folder's is. */
function inside<T>(folder: string, act: () => T): T {
  const before = process.cwd()
  process.chdir(folder)
  try {
    return act()
  } finally {
    process.chdir(before)
  }
}

/** The process that holds the lock of a folder; undefined when nobody does, also when its holder was killed. */
function holder(folder: string): Promise<string | undefined> {
  const socket = inside(folder, () => connect(name))
  return text(socket).catch(() => undefined)
}

/**
 * Takes a folder for this process alone. The lock is a listening socket: the system lets it go when its holder ends,
 * however it ends, so that no process id must be trusted.
 * @returns lets it go
 * @throws StartError naming the process that has it
 */
export async function lockFolder(folder: string, what: string): Promise<() => void> {
  mkdirSync(folder, { recursive: true })
  const server = createServer((socket) => socket.on('error', () => {}).end(String(process.pid)))
  server.unref()
  const take = () =>
    new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once('error', resolve)
      inside(folder, () => server.listen(name, () => resolve(undefined)))
    })
  let failure = await take()
  if (failure?.code === 'EADDRINUSE' && (await holder(folder)) === undefined) {
    inside(folder, () => rmSync(name, { force: true }))
    failure = await take()
  }
  const taken = failure === undefined
  // Of two processes that both found a dead lock, the one whose socket is in place has it.
  const by = await holder(folder)
  if (taken && by === String(process.pid)) {
    return () => {
      server.close()
      inside(folder, () => rmSync(name, { force: true }))
    }
  }
  server.close()
  if (by !== undefined) throw new StartError(`${what} is in use by process ${by}.`)
  throw new StartError(`${folder} cannot hold a socket (${failure?.code}): a local disk is needed.`)
}
