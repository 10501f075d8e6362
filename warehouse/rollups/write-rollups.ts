import type { Warehouse } from '../client.ts'
import type { Span } from '../metrics/measures.ts'
import { anyDue, type DueBucket, dueBuckets } from './due-buckets.ts'
import { execute } from './execute.ts'
import type { Hold } from './fence.ts'
import type { Recomputed } from './recomputed.ts'
import { recordReopenedDays } from './reopened-days.ts'
import { fromHours, fromRaw, type Source, sources, writeBuckets } from './tables.ts'

/** Bounds of one statement: buckets, stretches of time, and rows of raw facts unless one bucket has more. */
const atOnce = { buckets: 200, spans: 16, facts: 300_000 }

/** Minutes are kept for 40 days; those that are about to go are not written again. */
export const minuteDays = 39

interface Slice {
  buckets: DueBucket[]
  spans: { from: string; to: string }[]
  facts: number
}

/** Packs buckets, newest first, into bounded slices; neighbours share a span. */
export function slices(buckets: readonly DueBucket[]): Slice[] {
  const all: Slice[] = []
  for (const bucket of buckets) {
    const open = all.at(-1)
    const newest = open?.spans.at(-1)
    const touches = newest?.from === bucket.to
    const fits =
      open &&
      open.buckets.length < atOnce.buckets &&
      open.facts + bucket.facts <= atOnce.facts &&
      (touches || open.spans.length < atOnce.spans)
    if (!fits) {
      all.push({ buckets: [bucket], spans: [{ from: bucket.from, to: bucket.to }], facts: bucket.facts })
      continue
    }
    open.buckets.push(bucket)
    open.facts += bucket.facts
    if (touches && newest) newest.from = bucket.from
    else open.spans.push({ from: bucket.from, to: bucket.to })
  }
  return all
}

/** Spans as SQL over parameters of their own. */
export function bindSpans(spans: Slice['spans']): { spans: Span[]; params: Record<string, string> } {
  const bound = (end: string, i: number) => `{${end}_${i}:DateTime64(3, 'UTC')}`
  return {
    spans: spans.map((_, i) => ({ from: bound('from', i), to: bound('to', i) })),
    params: Object.fromEntries(
      spans.flatMap(({ from, to }, i) => [
        [`from_${i}`, from],
        [`to_${i}`, to],
      ]),
    ),
  }
}

interface Zoned {
  store_id: string
  time_zone: string
  /** Since when all that was inserted is in the sessions and the attribution that the rollups are made of. */
  version: string
}

const rolled = ({ store_id, time_zone, version }: Zoned, buckets: readonly DueBucket[]) => ({
  store_id,
  time_zone,
  version,
  buckets: buckets.map(({ bucket }) => bucket),
})

async function writeHours(warehouse: Warehouse, source: Source, zoned: Zoned, { buckets, spans }: Slice) {
  const bound = bindSpans(spans)
  const oldest = new Date(Date.parse(`${zoned.version.replace(' ', 'T')}Z`) - minuteDays * 86_400_000)
  const recent = buckets.filter(({ bucket }) => bucket > oldest.toISOString().replace('T', ' '))
  // Minutes first: a crash between the two leaves the hour bad, and both are written again.
  for (const [grain, written] of [
    ['minute', recent],
    ['hour', buckets],
  ] as const) {
    if (written.length === 0) continue
    await execute(warehouse, {
      name: `write ${source} per ${grain}`,
      sql: writeBuckets(source, grain, fromRaw(source, grain, bound.spans)),
      params: { ...rolled(zoned, written), ...bound.params },
    })
  }
}

async function writeDays(warehouse: Warehouse, source: Source, zoned: Zoned, { buckets, spans }: Slice) {
  await recordReopenedDays(warehouse, { source, ...zoned, days: buckets })
  const from = spans.at(-1)?.from ?? ''
  await execute(warehouse, {
    name: `write ${source} per day`,
    sql: writeBuckets(source, 'day', fromHours(source)),
    params: { ...rolled(zoned, buckets), from, to: spans[0]?.to ?? '' },
  })
}

const write = { hour: writeHours, day: writeDays }

/**
 * Makes the buckets again that are not good, hours before the days that are made of them, newest first.
 * @param hold is asked before each statement; throwing it ends the work, which goes on from there another time
 */
export async function writeRollups(
  warehouse: Warehouse,
  zoned: Zoned,
  hold: Hold,
  did: Pick<Recomputed, 'hours' | 'days'>,
): Promise<void> {
  const { store_id, time_zone, version } = zoned
  if ((await anyDue(warehouse, zoned))[0]?.due === 0) return
  for (const source of sources) {
    for (const grain of ['hour', 'day'] as const) {
      const due = await dueBuckets[source][grain](warehouse, { store_id, time_zone, version, limit: 10_000 })
      for (const slice of slices(due)) {
        await hold()
        await write[grain](warehouse, source, zoned, slice)
        did[`${grain}s`] += slice.buckets.length
      }
    }
  }
}
