import { type FileHandle, open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Segment } from './segment.ts'
import type { Table } from './tables.ts'

/** Opens a new file for writing; a parameter so that a full disk can be had in a test. */
export type OpenFile = (path: string) => Promise<FileHandle>

const openNewFile: OpenFile = (path) => open(path, 'wx')

/** Makes the names in a directory last: a file that was created, renamed or removed is so after a power cut too. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

/** The segment of a table that is being written. One caller at a time. */
export class ActiveSegment {
  readonly stores = new Set<string>()
  readonly openedAt: number
  #bytes = 0
  #broken = false
  readonly #handle: FileHandle
  readonly #name: Pick<Segment, 'table' | 'sequence' | 'path'>

  private constructor(handle: FileHandle, name: Pick<Segment, 'table' | 'sequence' | 'path'>, openedAt: number) {
    this.#handle = handle
    this.#name = name
    this.openedAt = openedAt
  }

  static async open(
    name: { table: Table; sequence: number; path: string },
    { openFile = openNewFile, now }: { openFile?: OpenFile | undefined; now: number },
  ): Promise<ActiveSegment> {
    const handle = await openFile(name.path)
    try {
      await syncDirectory(dirname(name.path))
    } catch (error) {
      await handle.close()
      await unlink(name.path).catch(() => {})
      throw error
    }
    return new ActiveSegment(handle, name, now)
  }

  /** What is on disk for good. */
  get bytes(): number {
    return this.#bytes
  }

  /** After a failed write that could not be undone nothing more may be added. */
  get broken(): boolean {
    return this.#broken
  }

  /** Writes and fsyncs; when it throws, nothing of the text is part of the segment. */
  async append(text: string): Promise<void> {
    const buffer = Buffer.from(text)
    try {
      for (let done = 0; done < buffer.length; ) {
        done += (await this.#handle.write(buffer, done, buffer.length - done, this.#bytes + done)).bytesWritten
      }
      await this.#handle.datasync()
    } catch (error) {
      await this.#handle.truncate(this.#bytes).catch(() => {
        this.#broken = true
      })
      throw error
    }
    this.#bytes += buffer.length
  }

  /** Closes the file; it is frozen from now on. */
  async seal(): Promise<Segment> {
    // Every byte that counts has been fsynced: a close that fails takes nothing away.
    await this.#handle.close().catch(() => {})
    return { ...this.#name, bytes: this.#bytes, openedAt: this.openedAt, stores: this.stores }
  }
}
