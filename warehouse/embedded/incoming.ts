import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { DatabaseError, refuse } from './errors.ts'
import { mayCarryRows, parseStatement, type Statement } from './statement.ts'

/** What a request asks for, before its rows are read. */
export interface Incoming {
  statement: Statement
  /** The rows behind an INSERT, not read yet. */
  rows: AsyncIterable<Buffer>
}

const decoders: Record<string, () => NodeJS.ReadWriteStream> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

/** The request's body, uncompressed and counted. @throws NOT_IMPLEMENTED, CANNOT_DECOMPRESS, QUERY_IS_TOO_LARGE, SOCKET_TIMEOUT */
export async function* readBody(req: IncomingMessage, limit: number, idleMs: number): AsyncGenerator<Buffer> {
  const encoding = req.headers['content-encoding']?.toLowerCase().trim() ?? ''
  const decoder = decoders[encoding]
  if (encoding !== '' && encoding !== 'identity' && !decoder)
    throw refuse('NOT_IMPLEMENTED', `Content-Encoding ${encoding} is not understood: use gzip, deflate, br or zstd`)
  req.setTimeout(idleMs, () => req.destroy(refuse('SOCKET_TIMEOUT', `No data came for ${idleMs / 1000} s`)))
  const source = decoder ? Readable.from(req).pipe(decoder()) : req
  let size = 0
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limit) throw refuse('QUERY_IS_TOO_LARGE', `The request body is larger than ${limit} bytes`)
      yield chunk
    }
  } catch (error) {
    if (error instanceof DatabaseError || !(error instanceof Error) || !decoder) throw error
    throw new DatabaseError('CANNOT_DECOMPRESS', `Cannot decompress the ${encoding} body: ${error.message}`, {
      cause: error,
    })
  } finally {
    req.setTimeout(0)
  }
}

const statementLimit = 64 * 1024 ** 2

async function* rest(first: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length) yield first
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
}

/**
 * Reads as much as it takes to know the statement: all of it, or what stands before the rows of an INSERT.
 * @param query the `query` parameter, which the body continues
 */
export async function readIncoming(query: string, body: AsyncIterable<Buffer>): Promise<Incoming> {
  const iterator = body[Symbol.asyncIterator]()
  let head = Buffer.from(query === '' ? '' : `${query}\n`)
  let tryAt = query === '' ? 64 * 1024 : 0
  for (;;) {
    if (head.length >= tryAt) {
      const sql = head.toString('latin1')
      const statement = mayCarryRows(sql) ? parseStatement(sql, false) : undefined
      if (statement && 'dataAt' in statement)
        return { statement, rows: rest(head.subarray(statement.dataAt), iterator) }
      tryAt = Math.max(64 * 1024, head.length * 2)
    }
    const next = await iterator.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
    if (head.length > statementLimit)
      throw refuse('QUERY_IS_TOO_LARGE', `A statement is longer than ${statementLimit} bytes`)
  }
  const statement = parseStatement(head.toString('latin1'), true)
  if (!statement) throw refuse('SYNTAX_ERROR', 'Empty query')
  const rows = 'dataAt' in statement ? head.subarray(statement.dataAt) : Buffer.alloc(0)
  return { statement, rows: rest(rows, iterator) }
}

/** The id of a query: the client's when it gave one. */
export const queryId = (params: URLSearchParams): string => params.get('query_id') || randomUUID()
