import { readIncidents, readTimeline } from '@guanlan/warehouse/alerts/read-incidents'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Visit } from '../../demo/life/life.ts'
import { Visits } from '../../demo/life/visits.ts'
import { dayOf, hour, minute, startOf } from '../../demo/shop/calendar.ts'
import { createDeliver } from '../../jobs/alerts/deliver/deliver.ts'
import { createLimiter } from '../../jobs/alerts/deliver/limiter.ts'
import { openNet } from '../../jobs/alerts/deliver/net/net.ts'
import { explain } from '../../jobs/alerts/explain/explain.ts'
import { createWatch } from '../../jobs/alerts/watch/watch.ts'
import { createMetrics } from '../../jobs/metrics.ts'
import type { World } from '../../jobs/world.ts'
import { openDemoWorld, paidBy, secretKey, tellShop } from './demo-world.ts'
import { openReceivers } from './receivers.ts'

// A fall of 70 % is seen in three minutes where sixteen visits a minute are usual (docs/alerts.md): the demo store has two
// in the evening. Four weeks make the money certain to a tenth; ALERTS_DAYS=28 ALERTS_SCALE=20 takes a quarter of an hour.
const wanted = process.env.ALERTS_DAYS
const days = Number(wanted ?? 8)
const scale = Number(process.env.ALERTS_SCALE ?? 8)
const seed = Number(process.env.ALERTS_SEED ?? 1)
const isSure = days >= 28 && scale >= 20

/** Yesterday evening; the days before it are calm: no promotion and none of the demo's own disturbances. */
const today = dayOf(Date.now()) - 1
const shop = { seed, anchor: today - 48, scale }
const begins = startOf(today) + 20 * hour + 10 * minute
const falls = begins + Math.floor((Date.now() % 10) + 5) * minute
const lasts = 30 * minute
const ends = falls + lasts + 20 * minute

const hash = ({ shopper, number }: Visit) =>
  (Math.imul(shopper.born ^ (shopper.index * 31 + number), 0x9e3779b1) >>> 0) / 2 ** 32
const isKeptAway = (visit: Visit) =>
  visit.source.channel === 'douyin' && visit.at >= falls && visit.at < falls + lasts && hash(visit) < 0.7

let world: Awaited<ReturnType<typeof openDemoWorld>>
let receivers: Awaited<ReturnType<typeof openReceivers>>
let now = begins
let jobs: { look: () => Promise<void>; deliver: () => Promise<void> }

if (!wanted) process.stdout.write('test/alerts takes six minutes and is asked for with ALERTS_DAYS=8\n')

beforeAll(async () => {
  if (!wanted) return
  ;[world, receivers] = await Promise.all([openDemoWorld(), openReceivers(secretKey)])
  const { warehouse, redis, client } = world
  await tellShop(client, { shop, from: today - days, to: ends, isKeptAway })
  await world.settle()
  for (const [type, sealed] of Object.entries(receivers.sealed)) {
    await writeSetting({ warehouse, redis }, {
      ...{ store_id: 'demo', kind: 'contact_point', id: type, read_version: 0, actor: 'test' },
      value: { name: type, type, sealed, hint: '', mention: [], is_default: true, language: 'zh', enabled: true },
    } as Parameters<typeof writeSetting>[1])
  }
  const here: World = {
    ...{ warehouse, redis, log: pino({ level: 'error' }), signal: new AbortController().signal, wake: async () => {} },
  }
  const watch = createWatch({ explain, clock: () => now })
  const deliver = createDeliver({
    ...{ secretKey, dashboardUrl: world.dashboard, net: openNet({ allow: '127.0.0.0/8' }) },
    ...{ limiter: createLimiter(redis), metrics: createMetrics(), clock: () => new Date(now), patienceMs: 30_000 },
  })
  jobs = {
    look: async () => {
      while ((await watch(here, { store_id: 'demo' })).again);
    },
    deliver: async () => {
      while ((await deliver(here, { store_id: 'demo' })).again);
    },
  }
  // It learns from the past, and raises nothing of it.
  await jobs.look()
}, 1_800_000)
afterAll(async () => {
  receivers?.close()
  await world?.close()
}, 120_000)

/** A minute passes, of which the watch sees what has settled. */
async function minutePasses(): Promise<void> {
  now = Math.floor(now / minute) * minute + minute + 20_000
  await jobs.look()
  await jobs.deliver()
}
const told = async () =>
  (await readIncidents(world.warehouse, { store_id: 'demo' })).filter(({ value }) => value.group === null)

test.skipIf(!wanted)(
  'before it falls nothing is told',
  async () => {
    while (now < falls) await minutePasses()
    expect(await told()).toEqual([])
    expect(Object.values(receivers.counts())).toEqual([0, 0, 0, 0, 0, 0, 0])
  },
  300_000,
)

test.skipIf(!wanted)(
  'Douyin loses 70 %: within three settled minutes each contact point has one card that names the channel',
  async () => {
    let minutes = 0
    while (minutes < 3 && (await told()).length === 0) {
      await minutePasses()
      minutes += 1
    }
    const incidents = await told()
    process.stdout.write(`told after ${minutes} settled minutes\n`)
    expect(incidents).toHaveLength(1)
    const [incident] = incidents
    expect(incident?.value).toMatchObject({ finding: 'drop', slice: { dimension: 'channel', value: 'douyin' } })
    expect(incident?.value.explanation?.causes[0]?.slices[0]).toEqual({ dimension: 'channel', value: 'douyin' })
    expect(receivers.problems).toEqual([])
    expect(receivers.counts()).toEqual({ wecom: 1, dingtalk: 1, feishu: 1, slack: 1, webhook: 1, sms: 1, email: 1 })
    for (const kind of ['wecom', 'dingtalk', 'feishu', 'slack', 'sms'] as const) {
      expect(receivers[kind].received[0]?.body).toContain('抖音')
    }
  },
  300_000,
)

test.skipIf(!wanted)(
  'the button of the card acknowledges, once, logged out, and everybody hears it',
  async () => {
    const card = receivers.webhook.received[0]?.json as { links: { acknowledge: string } } | undefined
    const press = () =>
      fetch(card?.links.acknowledge ?? 'no card', {
        ...{ method: 'POST', body: new URLSearchParams(), redirect: 'manual' },
        headers: { origin: world.dashboard, accept: 'application/json' },
      })
    const first = (await (await press()).json()) as { type: string }
    expect(first.type).toBe('success')
    expect(await (await press()).json()).toMatchObject({ type: 'failure', status: 409 })
    const [incident] = await told()
    expect(incident?.value).toMatchObject({ state: 'acknowledged', acknowledged: { by: 'webhook' } })
    now += 5000
    await jobs.deliver()
    expect(Object.values(receivers.counts())).toEqual([2, 2, 2, 2, 2, 2, 2])
  },
  120_000,
)

test.skipIf(!wanted)(
  'what it costs is what the visitors that stayed away are worth',
  async () => {
    while (now < falls + lasts) await minutePasses()
    const [incident] = await told()
    const { money, until = '' } = incident?.value.explanation ?? {}
    const visits = new Visits(shop)
    const all = Array.from({ length: Math.min(days, 27) }, (_, back) => visits.on(today - back)).flat()
    const douyin = all.filter(({ source }) => source.channel === 'douyin')
    const worth = paidBy(shop, douyin) / douyin.length
    const missing = visits.on(today).filter((visit) => isKeptAway(visit) && visit.at < Date.parse(until))
    const truth = -worth * missing.length
    const error = Math.abs((money?.gap ?? 0) - truth) / Math.abs(truth)
    process.stdout.write(`${missing.length} visits stayed away, worth ¥${truth.toFixed(0)}; told are ¥${money?.gap?.toFixed(0)}, ${(100 * error).toFixed(1)} % beside it\n`) // biome-ignore format: one line
    if (!isSure) process.stdout.write('within a tenth is asked with ALERTS_DAYS=28 ALERTS_SCALE=20 alone: of a week the truth itself is not known so well\n') // biome-ignore format: one line
    expect(error).toBeLessThan(isSure ? 0.1 : 0.4)
  },
  300_000,
)

test.skipIf(!wanted)(
  'when it is over everybody hears how long it lasted and what it cost, and nothing else was told',
  async () => {
    while (now < ends - minute) await minutePasses()
    const incidents = await told()
    expect(incidents.map(({ value }) => value.state)).toEqual(['resolved'])
    const [incident] = incidents
    const timeline = await readTimeline(world.warehouse, { store_id: 'demo', incident_id: incident?.incident_id ?? '' })
    expect(timeline.map(({ transition }) => transition).filter((one) => one !== 'updated')).toEqual(['opened', 'acknowledged', 'resolved']) // biome-ignore format: a list
    expect(receivers.counts()).toEqual({ wecom: 3, dingtalk: 3, feishu: 3, slack: 3, webhook: 3, sms: 3, email: 3 })
    const last = receivers.webhook.received.at(-1)?.json as { type: string; lost: { so_far: number } }
    expect(last.type).toBe('incident.resolved')
    expect(last.lost.so_far).toBeGreaterThan(0)
    expect(receivers.wecom.received.at(-1)?.body).toContain('已恢复')
    expect(receivers.problems).toEqual([])
  },
  300_000,
)
