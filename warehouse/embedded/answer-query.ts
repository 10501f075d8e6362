import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Engine } from './engine.ts'
import { DatabaseError, fromEngine } from './errors.ts'
import { checkFormat, insert, other, prepare, select, settled } from './execute.ts'
import { queryId, readBody, readIncoming } from './incoming.ts'
import type { Lane } from './places.ts'
import { chooseEncoding, Reply, read, written } from './reply.ts'
import { askedSettings, quoteName, setStatement } from './settings.ts'
import type { Statement } from './statement.ts'
import { stopStatement } from './stop.ts'
import { spill, type Transfer } from './transfer.ts'

/** What a request needs of the process. */
export interface World {
  engine: Engine
  transfer: Transfer
  reads: Lane
  writes: Lane
  bodyBytes: number
  idleMs: number
}

const flag = (value: string | null | undefined) => value === '1' || value === 'true'

/** Answers one query over HTTP. Never throws: an error is the answer. */
export async function answerQuery(
  world: World,
  req: IncomingMessage,
  res: ServerResponse,
  params: URLSearchParams,
): Promise<void> {
  const { engine, transfer } = world
  const gone = new AbortController()
  res.once('close', () => {
    if (!res.writableFinished) gone.abort()
  })
  const heading = { queryId: queryId(params), version: engine.version, timezone: engine.timezone }
  let reply = new Reply(res, heading, undefined, 3)
  const files: string[] = []
  const cleanups: (() => void)[] = []
  try {
    const asked = askedSettings(params)
    reply = new Reply(res, heading, chooseEncoding(req.headers['accept-encoding']?.toString(), asked.settings), 3)
    const { statement, rows } = await readIncoming(
      params.get('query') ?? '',
      readBody(req, world.bodyBytes, world.idleMs),
    )
    let rowsFile = ''
    if ('dataAt' in statement) {
      rowsFile = transfer.newFile()
      files.push(rowsFile)
      await spill(rowsFile, rows)
    }
    const lane = statement.kind === 'select' || statement.kind === 'read' ? world.reads : world.writes
    cleanups.push(await lane.enter(gone.signal))
    const session = engine.connect()
    cleanups.unshift(() => session.close())
    const database = params.get('database') || req.headers['x-clickhouse-database']?.toString()
    await prepare(session, [
      database && database !== 'default' ? `USE ${quoteName(database)}` : '',
      setStatement(asked, req.method !== 'POST'),
    ])
    const format = checkFormat(
      statement.format ??
        (params.get('default_format') || req.headers['x-clickhouse-format']?.toString() || 'TabSeparated'),
    )
    const mark = randomUUID()
    const stoppable = async <T>(work: Promise<T>): Promise<T> => {
      const stop = () => void stopStatement(engine, mark, settled(work))
      gone.signal.addEventListener('abort', stop, { once: true })
      if (gone.signal.aborted) stop()
      try {
        return await work
      } finally {
        gone.signal.removeEventListener('abort', stop)
      }
    }
    if (statement.kind === 'insert' || statement.kind === 'insert-input') {
      const outcome = await stoppable(insert(session, statement, { path: rowsFile, mark }))
      reply.end(format, written(outcome))
    } else if (statement.kind !== 'select') {
      const outcome = await stoppable(other(session, statement, { format, mark }))
      if (outcome.answer.length) await reply.write(outcome.answer, format, read(outcome), gone.signal)
      reply.end(format, read(outcome))
    } else if (flag(params.get('wait_end_of_query'))) {
      const path = transfer.newFile()
      files.push(path)
      const outcome = await stoppable(select(session, statement, { path, format, mark }))
      for await (const chunk of createReadStream(path)) await reply.write(chunk, format, read(outcome), gone.signal)
      reply.end(format, read(outcome))
    } else {
      await streamSelect(world, statement, { format, mark, gone, reply, session, stoppable })
    }
  } catch (error) {
    if (!gone.signal.aborted) reply.fail(fromEngine(error))
  } finally {
    for (const cleanup of cleanups) cleanup()
    for (const file of files) await rm(file, { force: true })
  }
}

async function streamSelect(
  world: World,
  statement: Extract<Statement, { kind: 'select' }>,
  at: {
    format: string
    mark: string
    gone: AbortController
    reply: Reply
    session: ReturnType<Engine['connect']>
    stoppable: <T>(work: Promise<T>) => Promise<T>
  },
): Promise<void> {
  const { format, reply, gone } = at
  const pipe = world.transfer.openPipe()
  try {
    const work = at.stoppable(select(at.session, statement, { path: pipe.path, format, mark: at.mark }))
    const ended = settled(work).then(() => pipe.end())
    const leave = () => pipe.bytes.destroy()
    gone.signal.addEventListener('abort', leave, { once: true })
    try {
      for await (const chunk of pipe.bytes) await reply.write(chunk, format, {}, gone.signal)
    } finally {
      gone.signal.removeEventListener('abort', leave)
      await ended
    }
    reply.end(format, read(await work))
  } finally {
    pipe.release()
  }
}

export { DatabaseError }
