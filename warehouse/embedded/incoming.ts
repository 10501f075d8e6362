import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { DatabaseError, refuse } from './errors.ts'
import { mayCarryRows, parseStatement, type Statement } from './statement.ts'

const decoders: Record<string, () => NodeJS.ReadWriteStream & Readable> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
}

function decoded(req: IncomingMessage): Readable {
  const encoding = req.headers['content-encoding']?.toLowerCase().trim() ?? ''
  if (encoding === '' || encoding === 'identity') return req
  const decoder = decoders[encoding]?.()
  if (!decoder)
    throw refuse(
      'NOT_IMPLEMENTED',
      `Content-Encoding ${encoding} is not understood here: use gzip, deflate, br or zstd`,
    )
  req.once('error', (error) => decoder.destroy(error)).pipe(decoder)
  return decoder
}

/**
 * The request's body, uncompressed. The request itself stays whole, so that an error can still be answered.
 * @throws NOT_IMPLEMENTED, CANNOT_DECOMPRESS, QUERY_IS_TOO_LARGE above `limit` bytes, SOCKET_TIMEOUT when nothing comes for `idleMs`
 */
export async function* readBody(req: IncomingMessage, limit: number, idleMs: number): AsyncGenerator<Buffer> {
  const source = decoded(req)
  const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>
  let giveUp = (_error: Error) => {}
  req.setTimeout(idleMs, () => giveUp(refuse('SOCKET_TIMEOUT', `Timeout: nothing came for ${idleMs / 1000} s`)))
  let size = 0
  try {
    for (;;) {
      // A promise of its own for each chunk: one that is raced again and again would hold every chunk it lost to.
      const next = await new Promise<IteratorResult<Buffer>>((resolve, reject) => {
        giveUp = reject
        chunks.next().then(resolve, reject)
      })
      if (next.done) return
      size += next.value.length
      if (size > limit) throw refuse('QUERY_IS_TOO_LARGE', `The request body is larger than ${limit} bytes`)
      yield next.value
    }
  } catch (cause) {
    if (cause instanceof DatabaseError || source === req || req.errored) throw cause
    throw new DatabaseError('CANNOT_DECOMPRESS', `Cannot decompress the request body: ${(cause as Error).message}`, {
      cause,
    })
  } finally {
    req.setTimeout(0)
    void chunks.return?.()
  }
}

const statementLimit = 64 * 1024 ** 2
const firstLook = 64 * 1024

async function* rest(first: Buffer, more: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length) yield first
  for (let next = await more.next(); !next.done; next = await more.next()) yield next.value
}

/** A statement, and the rows behind it that are not read yet. */
export interface Incoming {
  statement: Statement
  rows: AsyncIterable<Buffer>
}

/**
 * Reads as much as it takes to know the statement: all of it, or what stands before the rows of an INSERT.
 * @param query the `query` parameter, which the body continues
 * @throws SYNTAX_ERROR, QUERY_IS_TOO_LARGE and what `body` throws
 */
export async function readIncoming(query: string, body: AsyncIterable<Buffer>): Promise<Incoming> {
  const chunks = body[Symbol.asyncIterator]()
  let head = Buffer.from(query === '' ? '' : `${query}\n`)
  let lookAt = query === '' ? firstLook : 0
  for (;;) {
    if (head.length >= lookAt) {
      const sql = head.toString('latin1')
      const statement = mayCarryRows(sql) ? parseStatement(sql, false) : undefined
      if (statement && 'dataAt' in statement) return { statement, rows: rest(head.subarray(statement.dataAt), chunks) }
      lookAt = Math.max(firstLook, head.length * 2)
    }
    const next = await chunks.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
    if (head.length > statementLimit)
      throw refuse('QUERY_IS_TOO_LARGE', `The statement is longer than ${statementLimit} bytes`)
  }
  const statement = parseStatement(head.toString('latin1'), true)
  if (!statement) throw refuse('SYNTAX_ERROR', 'Syntax error: the query is empty')
  const rows = 'dataAt' in statement ? head.subarray(statement.dataAt) : Buffer.alloc(0)
  return { statement, rows: rest(rows, chunks) }
}
