import { setTimeout as sleep } from 'node:timers/promises'
import { startReceiver } from '@guanlan/jobs/testing-receiver'
import { sealAddress } from '@guanlan/warehouse/alerts/address'
import type { Incident, Transition } from '@guanlan/warehouse/alerts/incident'
import { outboxState } from '@guanlan/warehouse/alerts/outbox'
import { openIncident } from '@guanlan/warehouse/alerts/testing-incident'
import { IncidentConflict, writeIncident } from '@guanlan/warehouse/alerts/write-incident'
import { connectWarehouse } from '@guanlan/warehouse/client'
import { connectRedis } from '@guanlan/warehouse/connect-redis'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../demo/chance/random.ts'
import { childrenOf } from '../processes.ts'
import { type Product, startProduct } from '../product.ts'
import { until } from '../until.ts'

const secret = 'a secret key for this test alone'
const incidents = 100
const victims = ['jobs/serve', 'embedded/serve', 'jobs/serve', 'redis-server', 'jobs/serve', 'jobs/serve', 'embedded/serve', 'jobs/serve', 'redis-server', 'jobs/serve'] // biome-ignore format: in order
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000)

let product: Product
let warehouse: ReturnType<typeof connectWarehouse>
let redis: ReturnType<typeof connectRedis>
beforeAll(async () => {
  product = await startProduct({ SECRET_KEY: secret, ALERT_ALLOW_HOSTS: '127.0.0.0/8' })
  warehouse = connectWarehouse(product.warehouse, 'test')
  redis = connectRedis(`unix://${product.dataDir}/run/redis.sock`, { name: 'test', maxRetriesPerRequest: 3 })
}, 240_000)
afterAll(async () => {
  redis?.disconnect()
  await warehouse?.close()
  await product?.stop()
}, 120_000)

/** A receiver that takes its time, and knows whether it was at it or had just answered when something was killed. */
async function slowReceiver(answer: object | '', chance: () => number) {
  let open = 0
  let answered = 0
  const receiver = await startReceiver(async () => {
    open += 1
    await sleep(5 + 60 * chance())
    open -= 1
    answered = performance.now()
    return { body: answer }
  })
  // Between an answer and its record lie a few inserts.
  return { ...receiver, isAtIt: () => open > 0 || performance.now() - answered < 1500 }
}

/** Again until it is done: what it stands on is being killed. */
async function persist(write: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await write()
      return
    } catch (error) {
      // It was written, and nobody could say so.
      if (error instanceof IncidentConflict) return
      await sleep(100)
    }
  }
}

const setting = (kind: 'rule' | 'contact_point', id: string, value: object) =>
  writeSetting({ warehouse, redis }, {
    ...{ store_id: 'main', kind, id, read_version: 0, actor: 'test', value },
  } as Parameters<typeof writeSetting>[1])

const notify = ['hook', 'group']

/** Tells a whole incident, from its opening to its end, as the watch and people would. */
async function tellOf(at: number, chance: () => number): Promise<Transition[]> {
  const incident_id = `i${String(at).padStart(3, '0')}`
  const now = new Date().toISOString()
  const rule = { id: 'traffic', name: `Traffic ${incident_id}`, version: 1 }
  const open = openIncident({ rule, opened_at: now, began_at: now })
  const steps: [Transition, Partial<Incident>][] = [['opened', {}]]
  if (chance() < 0.4) steps.push(['escalated', { escalated_at: now }])
  if (chance() < 0.6) steps.push(['acknowledged', { state: 'acknowledged', acknowledged: { at: now, by: 'op@x' } }])
  steps.push(['resolved', { state: 'resolved', resolved_at: now }])
  let value = open
  for (const [version, [transition, more]] of steps.entries()) {
    value = { ...value, ...more }
    const write = { store_id: 'main', incident_id, read_version: version, transition, value, notify, actor: 'rules' }
    await persist(() => writeIncident({ warehouse, redis }, { ...write, at: new Date() }))
    await sleep(400 * chance())
  }
  return steps.map(([transition]) => transition)
}

test('whatever is killed while incidents are told, no state is missing anywhere, and copies have the key of the first', async () => {
  process.stdout.write(`CRASH_SEED=${seed}\n`)
  const random = new Random(seed)
  const chance = () => random.next()
  const hook = await slowReceiver('', chance)
  const group = await slowReceiver({ errcode: 0 }, chance)
  const point = { hint: '', mention: [], is_default: true, language: 'en', enabled: true }
  const robot = `${group.url}/cgi-bin/webhook/send?key=robot`
  await setting('contact_point', 'hook', { ...point, name: 'hook', type: 'webhook', sealed: sealAddress('webhook', { url: hook.url, secret: 's' }, secret) }) // biome-ignore format: one contact point
  await setting('contact_point', 'group', { ...point, name: 'group', type: 'wecom', sealed: sealAddress('wecom', { url: robot }, secret) }) // biome-ignore format: one contact point
  // A rule that is never broken: the watch ends incidents of a rule that is not there.
  await setting('rule', 'traffic', {
    ...{ name: 'Traffic', metric: 'sessions', grain: 'day', least: 0, filters: [], severity: 'critical' },
    ...{
      condition: { type: 'threshold', is: 'below', value: 0, for_points: 60 },
      notify: [],
      owner: '',
      enabled: true,
    },
  })

  const told = new Map<number, Transition[]>()
  let next = 0
  const lane = async () => {
    while (next < incidents) {
      const at = next++
      told.set(at, await tellOf(at, chance))
    }
  }
  const lanes = Promise.all(Array.from({ length: 6 }, lane))
  let insideSends = 0
  const pidOf = async (victim: string) => (await childrenOf(product.supervisor.pid ?? 0, victim))[0]
  const isAtIt = () => [hook, group].filter((receiver) => receiver.isAtIt()).length
  for (const victim of victims) {
    await sleep(500 + 2000 * chance())
    const pid = await until(`${victim} running again`, () => pidOf(victim))
    // Most are to hurt: they wait for somebody who is being told something.
    const patience = chance() < 0.8 ? performance.now() + 6000 : 0
    while (isAtIt() === 0 && performance.now() < patience) await sleep(2)
    insideSends += isAtIt()
    process.kill(pid, 'SIGKILL')
  }
  await lanes
  await until(
    'everybody having been told',
    async () => {
      const [state] = await outboxState(warehouse, { store_id: 'main' })
      return state?.waiting === 0 || undefined
    },
    { seconds: 280, everyMs: 1000 },
  )

  const wanted = [...told.values()].flat().length
  const events = hook.received.map(({ json }) => json as { incident_id: string; version: number; type: string })
  const nameOf = ({ incident_id, version, type }: (typeof events)[number]) => `${incident_id} ${version} ${type}`
  const keys = hook.received.map(({ headers }) => String(headers['idempotency-key']))
  const missing = [...told].flatMap(([at, transitions]) =>
    transitions
      .map((transition, index) => `i${String(at).padStart(3, '0')} ${index + 1} incident.${transition}`)
      .filter((name) => !events.some((event) => nameOf(event) === name)),
  )
  expect(missing, 'states that the webhook has not heard').toEqual([])
  expect(new Set(keys).size, 'what a receiver keeps that honours keys').toBe(wanted)
  expect(new Set(events.map((event, at) => `${keys[at]} ${nameOf(event)}`)).size, 'a key is of one state').toBe(wanted)

  const texts = group.received.map(({ json }) => (json as { markdown: { content: string } }).markdown.content)
  const unheard = [...told.keys()].filter((at) => {
    const name = `Traffic i${String(at).padStart(3, '0')}`
    return !texts.some((text) => text.includes(`Resolved: ${name}`))
  })
  expect(unheard, 'incidents whose end the group has not heard').toEqual([])
  const bare = texts.map((text) => text.replaceAll(/incident-link\/[^)]*/g, '').replaceAll(/\d+ (s|min|h)\b/g, ''))
  const copies = keys.length - wanted + (bare.length - new Set(bare).size)
  process.stdout.write(`${wanted} states, ${copies} copies, ${insideSends} sends that a kill fell into\n`)
  expect(copies).toBeLessThanOrEqual(insideSends)
  for (const { stop } of [hook, group]) stop()
}, 420_000)
