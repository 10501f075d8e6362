import { open, readdir, stat, truncate, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSegmentName, type Segment } from './segment.ts'

const window = 1024 * 1024

/** Where the last complete line ends: a torn one was never acknowledged. */
async function endOfLastLine(path: string, size: number): Promise<number> {
  const file = await open(path, 'r')
  try {
    for (let end = size; end > 0; ) {
      const start = Math.max(0, end - window)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start)
      const newline = buffer.subarray(0, bytesRead).lastIndexOf(0x0a)
      if (newline >= 0) return start + newline + 1
      end = start
    }
    return 0
  } finally {
    await file.close()
  }
}

/**
 * The segments that an earlier process left, oldest first; torn ends are cut and empty files removed. Each is inserted
 * again as a whole: a row that already arrived changes nothing.
 */
export async function recoverSegments(directory: string): Promise<Segment[]> {
  const segments: Segment[] = []
  for (const name of (await readdir(directory)).sort()) {
    const parsed = parseSegmentName(name)
    if (!parsed) continue
    const path = join(directory, name)
    const { size, birthtimeMs } = await stat(path)
    const bytes = await endOfLastLine(path, size)
    if (bytes === 0) await unlink(path)
    else if (bytes < size) await truncate(path, bytes)
    if (bytes > 0) segments.push({ ...parsed, path, bytes, openedAt: birthtimeMs, stores: undefined })
  }
  return segments
}

/** The stores whose rows a segment holds; every row begins with its own. */
export async function storesOf(segment: Segment): Promise<Set<string>> {
  const file = await open(segment.path, 'r')
  const stores = new Set<string>()
  try {
    for await (const line of file.readLines({ encoding: 'utf8', end: segment.bytes - 1 })) {
      const store = /^\{"store_id":"([^"]*)"/.exec(line)?.[1]
      if (store) stores.add(store)
    }
  } finally {
    await file.close()
  }
  return stores
}
