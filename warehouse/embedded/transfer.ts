import { execFile } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { mkdir, open, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A named pipe that the engine writes a result into and this process reads: the kernel holds the engine back. */
interface ResultPipe {
  readonly path: string
  readonly bytes: Socket
  /** Nothing more will be written: `bytes` ends after what is in the pipe. */
  end(): void
  /** Gives the pipe back. */
  release(): Promise<void>
}

export interface Transfer {
  openPipe(): ResultPipe
  /** The path of a file that does not exist yet. */
  newFile(): string
}

/**
 * Takes a directory for what passes between HTTP and the engine: pipes for results, files for rows. It is emptied first, so the
 * caller must own the data directory.
 */
export async function openTransfer(directory: string, pipes: number): Promise<Transfer> {
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const free = Array.from({ length: pipes }, (_, at) => join(directory, `result-${at}`))
  await promisify(execFile)('mkfifo', ['-m', '600', ...free])
  let files = 0
  return {
    newFile: () => join(directory, `rows-${files++}`),
    openPipe() {
      const path = free.pop()
      if (path === undefined) throw new Error('There are fewer result pipes than places.')
      // The reader must be there before the engine opens the pipe, else the engine waits for it; our own writer keeps the
      // reader from seeing an end before the engine has begun.
      const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
      const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
      const bytes = new Socket({ fd: reader, readable: true, writable: false })
      let ended = false
      const end = () => {
        if (!ended) closeSync(writer)
        ended = true
      }
      return {
        path,
        bytes,
        end,
        async release() {
          end()
          if (!bytes.closed) await new Promise((closed) => bytes.once('close', closed).destroy())
          free.push(path)
        },
      }
    },
  }
}

/** Writes bytes to a new file as they come. @throws what `rows` throws, after removing the file */
export async function spill(path: string, rows: AsyncIterable<Buffer>): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  let size = 0
  try {
    for await (const chunk of rows) {
      let at = 0
      while (at < chunk.length) at += (await file.write(chunk, at)).bytesWritten
      size += chunk.length
    }
    return size
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}
