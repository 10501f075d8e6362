import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Arguments, readArguments, usage } from './arguments.ts'
import { keptServerKey, readImportEnv } from './env.ts'
import { ImportError } from './failure.ts'
import { importFiles } from './import-files.ts'
import { loadMapping } from './mapping/load-mapping.ts'
import { Progress } from './progress.ts'
import { Rejects, rejectsPath } from './rejects.ts'
import { removeLeftovers, scratchFolder } from './remove-leftovers.ts'
import { makePlan, type Plan } from './rows/plan.ts'
import { Scratch } from './rows/scratch.ts'
import { ensureStore } from './send/ensure-store.ts'
import { IngestClient } from './send/ingest-client.ts'
import { Journal, journalPath } from './send/journal.ts'
import { sendBatch } from './send/send-batch.ts'
import { readingSentences, summary } from './summary.ts'

/** All went in; it could not be done; it was done, and some lines are among the rejects; stopped by the user. */
export const exitCodes = { done: 0, failed: 1, rejects: 2, stopped: 130 } as const

interface Started {
  argv: readonly string[]
  /** process.env, unless said otherwise. */
  env?: Record<string, string | undefined>
  out: NodeJS.WriteStream
  /** Aborted by Ctrl-C: what is under way comes home, the rest waits for the next run. */
  signal: AbortSignal
}

/**
 * Imports files as the command line says.
 * @returns one of exitCodes
 * @throws ImportError, EnvError with a sentence for the person who started it; the signal's reason when it was stopped
 */
export async function runImport({ argv, env, out, signal }: Started): Promise<number> {
  const given = readArguments(argv)
  if (!given) {
    out.write(`${usage}\n`)
    return exitCodes.done
  }
  const { DATA_DIR, INGEST_PORT, SERVER_KEY } = readImportEnv(env)
  const loaded = await loadMapping(given.mapping)
  for (const file of Object.values(loaded.mapping.files)) {
    if (given.encoding !== undefined) file.encoding = given.encoding
    if (given.delimiter !== undefined) file.delimiter = given.delimiter
  }
  const folder = join(DATA_DIR, 'import')
  mkdirSync(folder, { recursive: true })
  removeLeftovers(folder)
  const scratch = new Scratch(scratchFolder(folder))
  try {
    const plan = await makePlan(loaded, given.files, scratch)
    const key = given.key ?? SERVER_KEY ?? keptServerKey(DATA_DIR)
    const world = {
      given,
      plan,
      scratch,
      folder,
      url: given.url ?? `http://127.0.0.1:${INGEST_PORT}`,
      key,
      out,
      signal,
    }
    return await runPlan(world)
  } finally {
    scratch.close()
  }
}

interface World {
  given: Arguments
  plan: Plan
  scratch: Scratch
  folder: string
  url: string
  key: string | undefined
  out: NodeJS.WriteStream
  signal: AbortSignal
}

async function runPlan({ given, plan, scratch, folder, url, key, out, signal }: World): Promise<number> {
  const { mapping, text } = plan.loaded
  const startedAt = Date.now()
  const store = given.store ?? mapping.store.id ?? mapping.name
  const paths = [...plan.files.values()].flat().map(({ path }) => path)
  if (key === undefined && !given.dryRun) {
    throw new ImportError(
      'A server key is needed: give --key or SERVER_KEY, or run this where npm start keeps its data.',
    )
  }
  for (const sentence of readingSentences(plan)) out.write(`${sentence}\n`)
  const progress = new Progress(out)
  const onWait = (seconds: number, reason: string) => progress.wait(seconds, reason)
  const client = new IngestClient({ url, key: key ?? '', signal, onWait })
  const rejects = new Rejects(await rejectsPath(paths, { given: given.rejects, otherwise: folder }))
  try {
    const isNew = given.dryRun || (await ensureStore(client, store, mapping.store))
    // A dry run has a journal of its own: it must not take the place of one that broke off.
    const into = given.dryRun ? 'nowhere' : url
    const identity = {
      mapping: text + JSON.stringify([given.encoding, given.delimiter]),
      files: paths,
      url: into,
      store,
      key: key ?? '',
    }
    const journal = Journal.open(journalPath(folder, identity), { again: given.again || isNew })
    if (isNew && !given.dryRun)
      progress.say(`Made the store ${store}: ${mapping.store.time_zone}, ${mapping.store.currency}.`)
    if (journal.size > 0)
      progress.say(`Going on after the ${journal.size} batches of an earlier run; --again begins anew.`)
    const shown = new Set<number>()
    const done = await importFiles({
      plan,
      scratch,
      rejects,
      journal,
      progress,
      signal,
      send: async (batch) => {
        const to = plan.outputs[batch.output]?.to ?? 'events'
        if (!given.dryRun) return await sendBatch(client, { store, to }, batch.bodies)
        if (!shown.has(batch.output))
          progress.say(`${to}: ${JSON.stringify(JSON.parse(batch.bodies[0] ?? '{}'), null, 2)}`)
        shown.add(batch.output)
        return { accepted: batch.bodies.length, rejected: [] }
      },
    })
    journal.forget()
    progress.stop()
    const seconds = (Date.now() - startedAt) / 1000
    const rejected = { rejectedLines: rejects.count, rejectPaths: rejects.paths }
    out.write(`${summary(plan, { ...done, ...rejected, seconds, dryRun: given.dryRun })}\n`)
    return rejects.count > 0 ? exitCodes.rejects : exitCodes.done
  } finally {
    progress.stop()
    rejects.close()
  }
}
