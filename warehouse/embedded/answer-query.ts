import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { authenticate } from './authenticate.ts'
import { borrowConnection } from './borrow-connection.ts'
import { watchCounted } from './counted.ts'
import { fromEngine, refuse } from './errors.ts'
import { checkFormat } from './execute.ts'
import { readBody, readIncoming } from './incoming.ts'
import { killById } from './kill-by-id.ts'
import { createTables, type ExternalTable, readForm } from './multipart.ts'
import { chooseEncoding, Reply } from './reply.ts'
import { sendResult } from './send-result.ts'
import { askedSettings } from './settings.ts'
import { spill } from './transfer.ts'
import { openTurn, type Turn } from './turn.ts'
import type { World } from './world.ts'

const header = (req: IncomingMessage, name: string) => req.headers[name]?.toString()

/** What this process leaves undone. @throws NOT_IMPLEMENTED */
function refuseUndone(params: URLSearchParams): void {
  for (const name of ['compress', 'decompress'])
    if (params.get(name) === '1')
      throw refuse('NOT_IMPLEMENTED', `${name}=1 is not done here: use enable_http_compression and Content-Encoding`)
}

/** Sends the whole result. @returns ends the answer */
async function answer(
  world: World,
  turn: Turn,
  reply: Reply,
  req: IncomingMessage,
  params: URLSearchParams,
): Promise<() => void> {
  const received = readBody(req, world.bodyBytes, world.idleMs)
  turn.defer(async () => void (await received.return(undefined)))
  let body: AsyncIterable<Buffer> = received
  let tables: ExternalTable[] = []
  const type = header(req, 'content-type') ?? ''
  if (/^multipart\/form-data\b/i.test(type)) {
    const form = await readForm(type, body, params)
    for (const [name, value] of form.fields) params.set(name, value)
    tables = form.tables
    body = (async function* () {})()
  }
  refuseUndone(params)
  const asked = askedSettings(params)
  reply.compress(
    chooseEncoding(header(req, 'accept-encoding'), asked.settings),
    asked.settings.get('http_zlib_compression_level'),
  )
  const { statement, rows } = await readIncoming(params.get('query') ?? '', body)
  const wanted = params.get('default_format') || header(req, 'x-clickhouse-format') || 'TabSeparated'
  const format = checkFormat(('dataAt' in statement ? undefined : statement.format) ?? wanted)
  let rowsFile = ''
  if ('dataAt' in statement) {
    rowsFile = turn.file(world.transfer.newFile())
    world.count.bytesIn += await spill(rowsFile, rows)
  }
  const lane = statement.kind === 'select' || statement.kind === 'read' ? world.reads : world.writes
  turn.defer(await lane.enter(turn.signal))
  const connection = await borrowConnection(world, turn, {
    params,
    asked,
    database: params.get('database') || header(req, 'x-clickhouse-database') || '',
    statement,
    readOnly: req.method !== 'POST',
  })
  await createTables(connection, tables, () => turn.file(world.transfer.newFile()))
  if (statement.kind === 'write' && /^\s*kill\b/i.test(statement.sql))
    statement.sql = await killById(world.engine, statement.sql, world.running)
  const every = Number(asked.settings.get('http_headers_progress_interval_ms') ?? 100)
  if (/^(1|true)$/.test(asked.settings.get('send_progress_in_http_headers') ?? ''))
    turn.defer(watchCounted(world.engine, turn.mark, Math.max(every, 10), (counted) => reply.progress(format, counted)))
  const total = await sendResult(world, turn, reply, {
    connection,
    statement,
    format,
    rowsFile,
    whole: params.get('wait_end_of_query') === '1',
  })
  return () => reply.end(format, total)
}

/** Answers one query over HTTP. Never throws: an error is the answer. */
export async function answerQuery(
  world: World,
  req: IncomingMessage,
  res: ServerResponse,
  params: URLSearchParams,
): Promise<void> {
  const turn = openTurn(world.engine, res)
  const queryId = params.get('query_id') || randomUUID()
  const reply = new Reply(res, { queryId, version: world.engine.version, timezone: world.engine.timezone })
  let end = () => {}
  world.turns.add(turn)
  world.count.queries++
  try {
    authenticate(req, params, world.credentials)
    world.running.set(queryId, turn.mark)
    end = await answer(world, turn, reply, req, params)
  } catch (error) {
    world.count.errors++
    const told = fromEngine(error)
    if (told.type === 'SOCKET_TIMEOUT') res.once('finish', () => req.destroy())
    if (!turn.signal.aborted) end = () => reply.fail(told)
  } finally {
    world.count.bytesOut += reply.sent
    // Before the answer's end: who has read it may ask on in the same session at once.
    await turn.end().catch((error: unknown) => world.log.error({ err: error }, 'a query could not be cleared away'))
    if (world.running.get(queryId) === turn.mark) world.running.delete(queryId)
    world.turns.delete(turn)
    end()
    // What the client still sends would stand before its next request.
    if (!req.complete) req.unpipe().resume()
  }
}
