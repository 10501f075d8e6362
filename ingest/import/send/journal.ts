import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Batch } from './batches.ts'
import type { Outcome } from './send-batch.ts'

/**
 * What ingest has acknowledged of an import that has not ended: a line a batch. It is found again by what was imported
 * into what: another file, mapping, store or key is another import.
 */
export class Journal {
  readonly #path: string
  readonly #known = new Map<string, Outcome>()

  private constructor(path: string) {
    this.#path = path
  }

  /** @param again forgets what an earlier run has sent */
  static open(path: string, { again }: { again: boolean }): Journal {
    const journal = new Journal(path)
    if (again) journal.forget()
    else if (existsSync(path)) journal.#read()
    mkdirSync(dirname(path), { recursive: true })
    return journal
  }

  /** How many batches an earlier run has sent. */
  get size(): number {
    return this.#known.size
  }

  outcome({ output, number }: Batch): Outcome | undefined {
    return this.#known.get(`${output} ${number}`)
  }

  keep({ output, number }: Batch, outcome: Outcome): void {
    appendFileSync(this.#path, `${JSON.stringify({ batch: `${output} ${number}`, outcome })}\n`)
  }

  /** After the end there is nothing to resume. */
  forget(): void {
    rmSync(this.#path, { force: true })
  }

  #read(): void {
    for (const line of readFileSync(this.#path, 'utf8').split('\n')) {
      try {
        const { batch, outcome } = JSON.parse(line) as { batch: string; outcome: Outcome }
        this.#known.set(batch, outcome)
      } catch {
        // The last line of a run that was killed may be cut off: its batch is sent again.
      }
    }
  }
}

/** Names the journal of an import. */
export function journalPath(
  folder: string,
  given: { mapping: string; files: readonly string[]; url: string; store: string; key: string },
): string {
  const files = given.files.map((path) => {
    const { size, mtimeMs } = statSync(path)
    return [resolve(path), size, mtimeMs]
  })
  const hash = createHash('sha256').update(JSON.stringify({ ...given, files }))
  return join(folder, `${hash.digest('hex').slice(0, 32)}.ndjson`)
}
