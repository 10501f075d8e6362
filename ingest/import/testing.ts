import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadMapping, parseMapping } from './mapping/load-mapping.ts'
import { makeRows } from './rows/make-rows.ts'
import { makePlan } from './rows/plan.ts'
import { Scratch } from './rows/scratch.ts'

export interface Made {
  /** Rows by output: `orders`, `events`, … */
  rows: Record<string, Record<string, unknown>[]>
  /** File, line and reason of each bad line. */
  rejects: string[]
  /** Lines that filters left out, by output. */
  skipped: Record<string, number>
  lines: number
}

/**
 * What a mapping makes of files; for tests.
 * @param mapping a preset's name, or the text of a mapping
 * @param files paths, or names and contents of files to be written
 */
export async function made(mapping: string, files: string[] | Record<string, string | Buffer>): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), 'guanlan-import-'))
  const scratch = new Scratch(join(folder, 'scratch'))
  try {
    const paths = Array.isArray(files) ? files : Object.keys(files).map((name) => join(folder, name))
    if (!Array.isArray(files)) {
      for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    }
    const loaded = mapping.includes('\n') ? parseMapping(mapping, 'mapping.yaml') : await loadMapping(mapping)
    const plan = await makePlan(loaded, paths, scratch)
    const done: Made = { rows: {}, rejects: [], skipped: {}, lines: 0 }
    const to = (output: number) => plan.outputs[output]?.to ?? ''
    const watch = {
      reject: (line: { file: { path: string }; number: number }, reason: string) => {
        done.rejects.push(`${line.file.path.slice(folder.length + 1)}:${line.number} ${reason}`)
      },
      skip: (output: number) => {
        done.skipped[to(output)] = (done.skipped[to(output)] ?? 0) + 1
      },
      onLine: () => {
        done.lines += 1
      },
      reading: () => undefined,
      onBytes: () => undefined,
      grouping: () => undefined,
      onGroup: () => undefined,
      signal: new AbortController().signal,
    }
    for await (const { output, body } of makeRows(plan, scratch, watch)) {
      done.rows[to(output)] ??= []
      done.rows[to(output)]?.push(body)
    }
    return done
  } finally {
    scratch.close()
    await rm(folder, { recursive: true, force: true })
  }
}
