import { createReadStream } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Session } from 'chdb'
import type { Counted } from './counted.ts'
import { insert, type Outcome, other, select } from './execute.ts'
import type { Reply } from './reply.ts'
import type { Statement } from './statement.ts'
import type { Turn } from './turn.ts'
import type { World } from './world.ts'

const counted = ({ rows, bytes, elapsedNs }: Outcome): Partial<Counted> => ({
  read_rows: rows,
  read_bytes: bytes,
  result_rows: rows,
  result_bytes: bytes,
  elapsed_ns: elapsedNs,
})

interface Task {
  connection: Session
  statement: Statement
  format: string
  /** where the rows of an INSERT are */
  rowsFile: string
  /** the client wants to hear of an error before any row */
  whole: boolean
}

/**
 * Runs a statement and sends what it makes, but for the answer's end.
 * @returns what to end the answer with
 * @throws DatabaseError, also after the answer has begun
 */
export async function sendResult(world: World, turn: Turn, reply: Reply, task: Task): Promise<Partial<Counted>> {
  const { connection, statement, format, rowsFile } = task
  const { mark } = turn
  if (statement.kind === 'insert' || statement.kind === 'insert-input') {
    const outcome = await turn.run(insert(connection, statement, { path: rowsFile, mark }))
    return { ...counted(outcome), written_rows: outcome.rows, written_bytes: outcome.bytes }
  }
  if (statement.kind !== 'select') {
    const outcome = await turn.run(other(connection, statement, { format, mark }))
    const total = counted(outcome)
    if (outcome.answer.length) await reply.write(outcome.answer, format, total, turn.signal)
    return total
  }
  if (task.whole) {
    const path = turn.file(world.transfer.newFile())
    const outcome = await turn.run(select(connection, statement, { path, format, mark }))
    const total = counted(outcome)
    for await (const chunk of createReadStream(path)) await reply.write(chunk, format, total, turn.signal)
    return total
  }
  return stream(world, turn, reply, { connection, statement, format })
}

/** What the kernel's pipe holds. */
const pipeBytes = 64 * 1024
/** A failing statement writes out what it had begun just before it says that it failed: the status can still tell. */
const headStartMs = 20

async function stream(
  world: World,
  turn: Turn,
  reply: Reply,
  task: { connection: Session; statement: Extract<Statement, { kind: 'select' }>; format: string },
): Promise<Partial<Counted>> {
  const { connection, statement, format } = task
  const pipe = world.transfer.openPipe()
  turn.defer(() => pipe.release())
  const work = turn.run(select(connection, statement, { path: pipe.path, format, mark: turn.mark }))
  const hold = !/Progress$/.test(format)
  let failed = false
  let total: Partial<Counted> = {}
  const ended = work.then(
    (outcome) => {
      total = counted(outcome)
      pipe.end()
    },
    () => {
      failed = true
      pipe.end()
    },
  )
  try {
    for await (const chunk of pipe.bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      turn.signal.throwIfAborted()
      if (hold && reply.sent === 0 && chunk.length < pipeBytes) {
        await Promise.race([ended, wait(headStartMs)])
        if (failed) break
      }
      await reply.write(chunk, format, total, turn.signal)
    }
  } catch (error) {
    turn.abort()
    throw error
  } finally {
    // The engine must find a reader for as long as it runs: it may still be about to open the pipe, or wait for room in it.
    pipe.bytes.resume()
    await ended
  }
  await work
  return total
}
