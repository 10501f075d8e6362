import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ChdbResult, Session } from 'chdb'
import { DatabaseError } from './errors.ts'

export class StartError extends Error {
  override name = 'StartError'
}

/** What a server's default profile says and the engine in a process does not, and what keeps one query within the memory. */
const profile = (memoryBytes: number): string[] =>
  Object.entries({
    implicit_select: 0,
    async_insert: 0,
    allow_introspection_functions: 0,
    // A mapped file counts as resident memory.
    storage_file_read_method: 'pread',
    // Formatting on all cores doubles what a result of wide rows takes.
    output_format_parallel_formatting: 0,
    max_memory_usage: Math.floor(memoryBytes * 0.8),
    max_bytes_before_external_group_by: Math.floor(memoryBytes * 0.35),
    max_bytes_before_external_sort: Math.floor(memoryBytes * 0.35),
    min_insert_block_size_bytes: 64 * 1024 ** 2,
  }).map(([name, value]) => `--${name}=${value}`)

export interface Engine {
  /** Asks on a connection that is kept for it, one after the other: a full engine can still be told to stop something. */
  control(sql: string, format: string): Promise<ChdbResult>
  /** A connection with settings, parameters and temporary tables of its own; costs a tenth of a millisecond. */
  connect(): Session
  readonly version: string
  readonly timezone: string
  /** Waits for what still runs in the engine, then writes everything out and lets go of the directory. */
  close(): Promise<void>
}

/** The process that holds the lock of a data directory, where the system tells. */
function lockHolder(directory: string): number | undefined {
  try {
    const inode = String(statSync(join(directory, 'status')).ino)
    const lock = readFileSync('/proc/locks', 'utf8')
      .split('\n')
      .map((line) => line.split(/\s+/))
      .find((fields) => fields[1] === 'FLOCK' && fields[5]?.split(':')[2] === inode)
    return lock ? Number(lock[4]) : undefined
  } catch {
    return undefined
  }
}

async function loadChdb(): Promise<typeof import('chdb')> {
  try {
    return await import('chdb')
  } catch (cause) {
    throw new StartError(
      `ClickHouse's engine cannot be loaded on ${process.platform}-${process.arch}: set CLICKHOUSE_URL to a ClickHouse server.`,
      { cause },
    )
  }
}

/**
 * Opens the engine on a data directory, which belongs to one process: the engine holds an operating system lock on it that
 * dies with the process.
 * @throws StartError with one sentence when there is no engine for this platform, or the directory is in use
 */
export async function openEngine(options: { directory: string; memoryBytes: number }): Promise<Engine> {
  const chdb = await loadChdb()
  const { directory, memoryBytes } = options
  const holder = lockHolder(directory)
  if (holder !== undefined) throw new StartError(`The data directory ${directory} is in use by process ${holder}.`)
  const server = {
    max_server_memory_usage: memoryBytes,
    mark_cache_size: 64 * 1024 ** 2,
    uncompressed_cache_size: 0,
    background_pool_size: 2,
    background_schedule_pool_size: 4,
    background_fetches_pool_size: 1,
    background_common_pool_size: 1,
    background_move_pool_size: 1,
  }
  const flags = Object.entries(server).map(([name, value]) => `--${name}=${value}`)
  const settings = profile(memoryBytes)
  let anchor: Session
  try {
    anchor = new chdb.Session(directory, { connectionArgs: [...settings, '--', ...flags] })
  } catch (cause) {
    throw new StartError(
      `The data directory ${directory} cannot be opened: another process uses it, or it cannot be written or read.`,
      { cause },
    )
  }
  const [version = '', timezone = 'UTC'] = anchor
    .query('SELECT version(), timezone()', 'TabSeparated')
    .trim()
    .split('\t')
  let last: Promise<unknown> = Promise.resolve()
  return {
    version,
    timezone,
    control(sql, format) {
      const asked = last.then(() => anchor.queryAsync(sql, { format }))
      last = asked.catch(() => {})
      return asked
    },
    connect() {
      try {
        return new chdb.Session(directory, { connectionArgs: settings })
      } catch (cause) {
        throw new DatabaseError('CANNOT_SCHEDULE_TASK', 'The engine takes no other connection now', {
          cause,
          code: 439,
        })
      }
    },
    close: async () => {
      await chdb.drainPending()
      anchor.close()
      await chdb.drainPending()
    },
  }
}
