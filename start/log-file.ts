import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A log of one process on disk, of two files of `limit` bytes at most: name.log and, before it, name.log.1. */
export function openLogFile(folder: string, name: string, limit = 10 * 1024 * 1024): (line: string) => void {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.log`)
  let size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  return (line) => {
    const text = `${line}\n`
    try {
      if (size + text.length > limit) {
        renameSync(path, `${path}.1`)
        size = 0
      }
      appendFileSync(path, text)
      size += Buffer.byteLength(text)
    } catch {
      // A full disk must not stop the supervisor; what matters is on the terminal as well.
    }
  }
}
