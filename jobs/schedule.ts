import { fromClickHouse } from '@guanlan/warehouse/instant'
import { readDeleted, readSettings, type Setting } from '@guanlan/warehouse/settings/read'
import type { Queue } from 'bullmq'
import { type QueueName, wake } from './queues.ts'
import type { World } from './world.ts'

type Queues = Record<QueueName, Queue>

/** By the clock of the store: the comparison at half past three, the snapshots just after midnight. */
const nightly = { compare: '30 3 * * *', 'refresh-customers': '1 0 * * *' } as const

const everyMs = 5000

/** For a day after a store was removed ingest may still bring rows of it that it had accepted before. */
const straggleMs = 24 * 3600_000
const lookAfterMs = 60_000

async function scheduleNights(queues: Queues, stores: readonly Setting<'store'>[]): Promise<void> {
  for (const name of ['compare', 'refresh-customers'] as const) {
    const wanted = new Set(stores.map(({ store_id }) => store_id))
    for (const { store_id, value } of stores) {
      await queues[name].upsertJobScheduler(
        store_id,
        { pattern: nightly[name], tz: value.time_zone },
        { name, data: { store_id } },
      )
    }
    for (const { key } of await queues[name].getJobSchedulers()) {
      if (!wanted.has(key)) await queues[name].removeJobScheduler(key)
    }
  }
}

/**
 * Asks for every store's recompute, watch and deliveries every five seconds, whoever else asked, keeps the nightly schedules of all stores, and
 * has stores that were removed looked after once a minute.
 * It owns no state: it may run in any number of processes, and what Redis loses it writes again.
 * @returns how to end it
 */
export function startSchedule({ warehouse, log }: World, queues: Queues): { stop: () => Promise<void> } {
  let written = ''
  const tick = async () => {
    const stores = await readSettings(warehouse, 'store')
    const often = stores.flatMap(({ store_id }) =>
      [queues.recompute, queues.watch, queues.deliver].map((queue) => ({ queue, store_id })),
    )
    await Promise.all(often.map(({ queue, store_id }) => wake(queue, store_id, { delayMs: 0 })))
    const removed = await readDeleted(warehouse, 'store')
    for (const { store_id, at } of removed) {
      if (Date.now() - Date.parse(fromClickHouse(at)) > straggleMs) continue
      await wake(queues['empty-removed-store'], store_id, { delayMs: lookAfterMs })
    }
    const zones = JSON.stringify(stores.map(({ store_id, value }) => [store_id, value.time_zone]))
    const counts = await Promise.all(
      [queues.compare, queues['refresh-customers']].map((queue) => queue.getJobSchedulersCount()),
    )
    if (zones === written && counts.every((count) => count === stores.length)) return
    await scheduleNights(queues, stores)
    written = zones
  }
  let running = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const loop = () => {
    running = tick()
      .catch((error: unknown) => log.warn({ err: error }, 'the schedule could not be kept; it is tried again'))
      .then(() => {
        if (!stopped) timer = setTimeout(loop, everyMs)
      })
  }
  loop()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
