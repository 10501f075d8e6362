import { beforeAll, expect, test } from 'vitest'
import { numberFormats } from '#lib/format/numbers.ts'
import { overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { bytesText } from './bytes-text.ts'
import type { InstanceFacts, StoreFacts } from './facts.ts'
import { instanceChecks } from './instance-checks.ts'
import { storeChecks } from './store-checks.ts'

beforeAll(() => overwriteGetLocale(() => 'en'))
const formats = numberFormats('en', 'CNY')
const now = Date.parse('2026-11-11T12:00:00Z')

const arrived = (signal: 'segment' | 'orders', last: string, last_day: number) => ({
  ...{ signal, first: '2026-11-01T00:00:00.000Z', last, last_day },
})
const well: StoreFacts = {
  arrivals: [arrived('segment', '2026-11-11T11:59:00.000Z', 9990), arrived('orders', '2026-11-11T11:00:00.000Z', 10)],
  rejections: { results: [], meta: { from: '', rejected: 0 } },
  data: {
    traffic: { events: 9990, per_second: 1, bots: 100, copies: 0 },
    bots: [],
    late: { rows: 0, days: [] },
    rollups: { bad_buckets: 2, lag_seconds: 12 },
    differences: { count: 0, last: null, rollups: [] },
  },
}
const storeStates = (facts: Partial<StoreFacts>) =>
  Object.fromEntries(storeChecks({ ...well, ...facts }, { formats, now }).map(({ name, state }) => [name, state]))
const textOf = (facts: Partial<StoreFacts>, wanted: string) =>
  storeChecks({ ...well, ...facts }, { formats, now }).find(({ name }) => name === wanted)

test('a store whose data arrive is well in every respect, and nothing is advised', () => {
  const checks = storeChecks(well, { formats, now })
  expect(checks.map(({ name, state }) => [name, state])).toEqual([
    ...[['freshness', 'ok'], ['rejected', 'ok'], ['bots', 'ok'], ['late', 'ok'], ['rollups', 'ok']],
  ]) // biome-ignore format: a list
  expect(checks.every(({ advice }) => advice === undefined)).toBe(true)
  expect(checks[0]?.text).toBe('Last event: 1 minute ago. Last order record: 1 hour ago.')
})

test('a store that nothing has reached, or that has gone silent, wants attention and is led to the way in', () => {
  expect(textOf({ arrivals: [] }, 'freshness')).toMatchObject({ state: 'attention', link: { path: 'connect' } })
  const silent = [arrived('segment', '2026-11-11T05:00:00.000Z', 0)]
  expect(textOf({ arrivals: silent }, 'freshness')).toMatchObject({
    ...{ state: 'attention', text: 'Last event: 7 hours ago. No order of your books yet.' },
  })
})

test('rejections count by their share, and a few of them are an accident', () => {
  const rejections = (rejected: number) => ({ rejections: { results: [], meta: { from: '', rejected } } })
  expect(storeStates(rejections(9)).rejected).toBe('ok')
  expect(storeStates(rejections(100)).rejected).toBe('ok')
  // 102 of 10,102 are 1.01 %, 2,500 of 12,500 are 20 %.
  expect(storeStates(rejections(102)).rejected).toBe('attention')
  expect(storeStates(rejections(2500)).rejected).toBe('broken')
  expect(textOf(rejections(2500), 'rejected')?.text).toBe(
    '20% of what came within 24 hours was rejected, 2,500 in all.',
  )
  expect(
    storeStates({ ...rejections(9), arrivals: [arrived('segment', '2026-11-11T11:59:00.000Z', 0)] }).rejected,
  ).toBe('ok')
})

test('late rows want attention while days move, differences always', () => {
  const late = (reopened_at: string) => ({
    data: {
      ...well.data,
      late: { rows: 3, days: [{ day: '2026-11-09', source: 'sales' as const, rows: 3, reopened_at }] },
    },
  })
  expect(storeStates(late('2026-11-11T00:00:00.000Z')).late).toBe('attention')
  expect(storeStates(late('2026-11-10T00:00:00.000Z')).late).toBe('ok')
  const differences = { count: 1, last: '2026-11-10T19:30:00.000Z', rollups: ['sales_per_day'] }
  expect(storeStates({ data: { ...well.data, differences } }).rollups).toBe('attention')
})

const queue = { waiting: 0, delayed: 1, active: 0, failed: 0, oldest_seconds: null, runs: 5, failures: 0, workers: 1 }
const running: InstanceFacts = {
  ingest: {
    ...{ state: 'ready', clickhouse: 'reachable', redis: 'reachable', settings: 'read' },
    spool: { bytes: 0, segments: 0, lag_seconds: 0 },
    tracker: { lost: 0 },
  },
  queues: [{ name: 'recompute', ...queue }],
  redis: { version: '8', used_bytes: 2 ** 21, limit_bytes: 0, policy: 'noeviction' },
  storage: {
    version: '26.7',
    disk: { free_bytes: 60, total_bytes: 100 },
    tables: [{ table: 'events', rows: 1, bytes: 1, parts: 3, day_rows: 1, day_bytes: 1 }],
  },
}
const states = (facts: Partial<InstanceFacts>) =>
  Object.fromEntries(instanceChecks({ ...running, ...facts }, formats).map(({ name, state }) => [name, state]))

test('a system that runs is well in every respect', () => {
  expect(states({})).toEqual({ ingest: 'ok', queues: 'ok', warehouse: 'ok', disk: 'ok', redis: 'ok' })
})

test.each([
  ['ingest is away', { ingest: { state: 'away', address: 'http://a' } }, 'ingest', 'broken'],
  ['ingest is full', { ingest: { state: 'full', detail: 'full' } }, 'ingest', 'broken'],
  ['a job has failed', { queues: [{ ...queue, name: 'compare', failed: 1 }] }, 'queues', 'attention'],
  ['nobody works', { queues: [{ ...queue, name: 'compare', workers: 0 }] }, 'queues', 'broken'],
  ['a job waits', { queues: [{ ...queue, name: 'compare', oldest_seconds: 130 }] }, 'queues', 'attention'],
  ['Redis is away', { queues: null, redis: null }, 'redis', 'broken'],
  [
    'Redis evicts',
    { redis: { version: '8', used_bytes: 1, limit_bytes: 0, policy: 'allkeys-lru' } },
    'redis',
    'attention',
  ],
  [
    'Redis is full',
    { redis: { version: '8', used_bytes: 96, limit_bytes: 100, policy: 'noeviction' } },
    'redis',
    'broken',
  ],
  ['the warehouse is away', { storage: null }, 'warehouse', 'broken'],
  [
    'the disk is full',
    { storage: { version: '26', tables: [], disk: { free_bytes: 4, total_bytes: 100 } } },
    'disk',
    'broken',
  ],
] as const)('%s', (_, facts, name, state) => {
  const check = instanceChecks({ ...running, ...(facts as Partial<InstanceFacts>) }, formats).find(
    (one) => one.name === name,
  )
  expect(check?.state).toBe(state)
  expect(check?.advice).toMatch(/\w/)
})

test('what ingest keeps on disk while the warehouse is away is told', () => {
  const spool = { bytes: 3 * 2 ** 20, segments: 2, lag_seconds: 61 }
  const [check] = instanceChecks(
    {
      ...running,
      ingest: {
        ...{ state: 'ready', spool, clickhouse: 'away', redis: 'reachable', settings: 'read', tracker: { lost: 0 } },
      },
    },
    formats,
  )
  expect(check).toMatchObject({ state: 'attention' })
  expect(check?.text).toBe('The warehouse is away; what comes is kept on disk. 3 MB wait, the oldest for 1 minute.')
})

test('bytes are told in the unit that suits them', () => {
  expect([0, 1023, 1024, 1.5 * 2 ** 30].map((bytes) => bytesText('en', bytes))).toEqual([
    ...['0 bytes', '1,023 bytes', '1 kB', '1.5 GB'],
  ])
})

test('what browsers could not deliver is told where ingest is well', () => {
  const textWith = (lost: number) =>
    instanceChecks(
      { ...running, ingest: { ...running.ingest, tracker: { lost } } as InstanceFacts['ingest'] },
      formats,
    )[0]?.text
  expect(textWith(0)).toBe('It takes what is sent; 0 bytes wait for the warehouse.')
  expect(textWith(1200)).toBe(
    'It takes what is sent; 0 bytes wait for the warehouse. Since it started, browsers gave up 1,200 messages that they could not deliver.',
  )
})
