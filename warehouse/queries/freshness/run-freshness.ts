import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { type Asked, ask, defineQuery } from '../../define-query.ts'
import { fromClickHouse } from '../../instant.ts'
import { within } from '../../metrics/span.ts'
import { toIso, toParam } from '../period.ts'
import type { Store } from '../store.ts'
import { type FreshnessAnswer, type FreshnessRequest, freshnessRequest } from './contract.ts'

const instant = z.string().transform(fromClickHouse).nullable()

/** The newest facts inserted since; bounded, because rows are not sorted by when they came. */
const newestFacts = defineQuery({
  name: 'newest_facts',
  params: z.object({ store_id: z.string(), since: z.string(), as_of: z.string() }),
  row: z.object({ received: instant, inserted: instant }),
  sql: `
    SELECT toString(maxOrNull(newest_received)) AS received, toString(maxOrNull(newest_inserted)) AS inserted
    FROM (
      ${['events', 'orders']
        .map(
          (table) => `
      SELECT max(received_at) AS newest_received, max(inserted_at) AS newest_inserted FROM ${table}
      WHERE store_id = {store_id:String} AND inserted_at > {since:DateTime64(3, 'UTC')} AND inserted_at <= {as_of:DateTime64(3, 'UTC')}
      HAVING count() > 0`,
        )
        .join(' UNION ALL ')}
    )`,
})

const lastEvent = defineQuery({
  name: 'last_event',
  params: z.object({ store_id: z.string(), from: z.string(), as_of: z.string() }),
  row: z.object({ at: instant }),
  sql: `
    SELECT toString(maxOrNull(occurred_at)) AS at FROM events
    WHERE store_id = {store_id:String} AND NOT is_bot
      AND occurred_at > {from:DateTime64(3, 'UTC')} AND occurred_at <= {as_of:DateTime64(3, 'UTC')}`,
})

const silence = { shortest: 10, longest: 60, usual: 5, days: 7 }

/** How many events as long a stretch had, ending at this time of each of the last days: the median. */
async function usualEvents(
  warehouse: Warehouse,
  store: Store,
  now: DateTime,
  minutes: number,
  asked: Asked,
): Promise<number> {
  const days = Array.from({ length: silence.days }, (_, at) => at + 1)
  const spans = days.map((day) => ({
    from: `{from_${day}:DateTime64(3, 'UTC')}`,
    to: `{to_${day}:DateTime64(3, 'UTC')}`,
  }))
  const counts = spans.map((span) => `countIf(${within('occurred_at', [span])})`)
  const bounds = days.flatMap((day) => {
    const to = now.minus({ days: day })
    return [
      [`from_${day}`, toParam(to.minus({ minutes }))],
      [`to_${day}`, toParam(to)],
    ]
  })
  const [row] = await ask(
    warehouse,
    {
      name: 'usual_events',
      row: z.object({ counts: z.array(z.number()) }),
      sql: `
        SELECT [${counts.join(', ')}] AS counts FROM events FINAL
        WHERE store_id = {store_id:String} AND NOT is_bot AND ${within('occurred_at', spans)}`,
      params: { store_id: store.store_id, ...Object.fromEntries(bounds) },
    },
    asked,
  )
  return row?.counts.toSorted((a, b) => a - b)[(silence.days - 1) / 2] ?? 0
}

/**
 * How old the newest facts of a store are, and whether its storefront is silent at a time when it usually is not. Silence
 * is told by when events happened, so that an import of the past does not break it.
 */
export async function runFreshness(
  warehouse: Warehouse,
  store: Store,
  request: FreshnessRequest,
  asked: Asked = {},
): Promise<FreshnessAnswer> {
  const { as_of } = freshnessRequest.parse(request)
  const now = as_of ? DateTime.fromISO(as_of, { zone: store.time_zone }) : DateTime.now().setZone(store.time_zone)
  const local = (at: string | null | undefined) => (at ? toIso(DateTime.fromISO(at, { zone: store.time_zone })) : null)
  const at = { store_id: store.store_id, as_of: toParam(now) }
  const dayAgo = toParam(now.minus({ days: 1 }))
  const [recent, last] = await Promise.all([
    newestFacts(warehouse, { ...at, since: dayAgo }, asked),
    lastEvent(warehouse, { ...at, from: dayAgo }, asked),
  ])
  const [newest] = recent[0]?.inserted
    ? recent
    : await newestFacts(warehouse, { ...at, since: '1970-01-01 00:00:00.000' }, asked)
  const happened = last[0]?.at ?? null
  const silent = happened ? Math.floor(now.diff(DateTime.fromISO(happened), 'minutes').minutes) : null
  const stretch = Math.min(silent ?? silence.longest, silence.longest)
  const usual =
    newest?.inserted && stretch >= silence.shortest ? await usualEvents(warehouse, store, now, stretch, asked) : null
  return {
    received_at: local(newest?.received),
    inserted_at: local(newest?.inserted),
    last_event_at: local(happened),
    silent_minutes: silent,
    usual_events: usual,
    is_unusual: usual !== null && usual >= silence.usual,
    meta: { time_zone: store.time_zone, as_of: toIso(now) },
  }
}
