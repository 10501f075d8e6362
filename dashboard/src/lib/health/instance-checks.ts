import type { QueueName } from '@guanlan/jobs/queues'
import { durationText } from '#lib/format/ages.ts'
import type { NumberFormats } from '#lib/format/numbers.ts'
import { m } from '#lib/paraglide/messages.js'
import { bytesText } from './bytes-text.ts'
import type { InstanceFacts } from './facts.ts'
import type { Check } from './store-checks.ts'
import { grade, worst } from './thresholds.ts'

const queueWords: Record<QueueName, () => string> = {
  recompute: m.health_queue_recompute,
  'refresh-customers': m.health_queue_refresh_customers,
  compare: m.health_queue_compare,
  watch: m.health_queue_watch,
  deliver: m.health_queue_deliver,
  'empty-removed-store': m.health_queue_empty_removed_store,
  'test-contact-point': m.health_queue_test_contact_point,
}

/** What a queue is called; one of a later release keeps its name. */
export const queueWord = (name: string): string =>
  Object.hasOwn(queueWords, name) ? queueWords[name as QueueName]() : name

function ingest({ ingest }: InstanceFacts, { language, exact }: NumberFormats): Check {
  const check = { name: 'ingest', title: m.health_ingest() }
  if (ingest.state === 'away') {
    return {
      ...check,
      state: 'broken',
      text: m.health_ingest_away({ address: ingest.address }),
      advice: m.health_ingest_away_do(),
    }
  }
  if (ingest.state === 'full') {
    return {
      ...check,
      state: 'broken',
      text: m.health_ingest_full({ detail: ingest.detail }),
      advice: m.health_ingest_full_do(),
    }
  }
  const { bytes, lag_seconds } = ingest.spool
  const lagging = grade('spool_lag', lag_seconds)
  const waits = m.health_ingest_waits({ bytes: bytesText(language, bytes), span: durationText(language, lag_seconds) })
  if (ingest.clickhouse === 'away') {
    const state = worst(['attention', lagging])
    return {
      ...check,
      state,
      text: [m.health_ingest_no_clickhouse(), waits].join(language === 'zh' ? '' : ' '),
      advice: m.health_ingest_wait_do(),
    }
  }
  if (lagging !== 'ok') return { ...check, state: lagging, text: waits, advice: m.health_ingest_wait_do() }
  if (ingest.redis === 'away') {
    return { ...check, state: 'attention', text: m.health_ingest_no_redis(), advice: m.health_redis_away_do() }
  }
  const { lost } = ingest.tracker
  const takes = m.health_ingest_ok({ bytes: bytesText(language, bytes) })
  const text = lost > 0 ? [takes, m.health_ingest_lost({ count: exact(lost, 'count') })] : [takes]
  return { ...check, state: 'ok', text: text.join(language === 'zh' ? '' : ' ') }
}

function queues({ queues }: InstanceFacts, { language, exact }: NumberFormats): Check {
  const check = { name: 'queues', title: m.health_queues() }
  if (queues === null) {
    return { ...check, state: 'broken', text: m.health_redis_away(), advice: m.health_redis_away_do() }
  }
  const idle = queues.filter(({ workers }) => workers === 0).map(({ name }) => queueWord(name))
  if (idle.length > 0) {
    const text = m.health_queues_no_worker({ queues: idle.join(language === 'zh' ? '、' : ', ') })
    return { ...check, state: 'broken', text, advice: m.health_queues_no_worker_do() }
  }
  const oldest = Math.max(0, ...queues.map(({ oldest_seconds }) => oldest_seconds ?? 0))
  const waiting = grade('oldest_job', oldest)
  if (waiting !== 'ok') {
    const text = m.health_queues_waiting({ span: durationText(language, oldest) })
    return { ...check, state: waiting, text, advice: m.health_queues_waiting_do() }
  }
  const failed = queues.reduce((sum, queue) => sum + queue.failed, 0)
  const state = grade('failed_jobs', failed)
  if (state === 'ok') return { ...check, state, text: m.health_queues_ok() }
  return {
    ...check,
    state,
    text: m.health_queues_failed({ count: exact(failed, 'count') }),
    advice: m.health_queues_failed_do(),
  }
}

function warehouse({ storage }: InstanceFacts, { exact }: NumberFormats): Check {
  const check = { name: 'warehouse', title: m.health_warehouse() }
  if (storage === null) {
    return { ...check, state: 'broken', text: m.health_warehouse_away(), advice: m.health_warehouse_away_do() }
  }
  const [most] = [...storage.tables].sort((a, b) => b.parts - a.parts)
  const state = grade('parts', most?.parts ?? 0)
  if (state === 'ok' || !most) return { ...check, state, text: m.health_warehouse_ok({ version: storage.version }) }
  const text = m.health_warehouse_parts({ table: most.table, parts: exact(most.parts, 'count') })
  return { ...check, state, text, advice: m.health_warehouse_parts_do() }
}

function disk({ storage }: InstanceFacts, { language, short }: NumberFormats): Check[] {
  if (storage === null || storage.disk.total_bytes === 0) return []
  const { free_bytes, total_bytes } = storage.disk
  const state = grade('disk_used', 1 - free_bytes / total_bytes)
  const free = { bytes: bytesText(language, free_bytes), share: short(free_bytes / total_bytes, 'ratio') }
  const check = { name: 'disk', title: m.health_disk(), state, text: m.health_disk_text(free) }
  return [state === 'ok' ? check : { ...check, advice: m.health_disk_do() }]
}

function redis({ redis }: InstanceFacts, { language }: NumberFormats): Check {
  const check = { name: 'redis', title: m.health_redis() }
  if (redis === null) {
    return { ...check, state: 'broken', text: m.health_redis_away(), advice: m.health_redis_away_do() }
  }
  const used = bytesText(language, redis.used_bytes)
  if (redis.policy !== 'noeviction') {
    const text = m.health_redis_policy({ policy: redis.policy })
    return { ...check, state: 'attention', text, advice: m.health_redis_policy_do() }
  }
  const state = redis.limit_bytes === 0 ? 'ok' : grade('redis_used', redis.used_bytes / redis.limit_bytes)
  if (state === 'ok') return { ...check, state, text: m.health_redis_ok({ used }) }
  const limit = bytesText(language, redis.limit_bytes)
  return { ...check, state, text: m.health_redis_full({ used, limit }), advice: m.health_redis_full_do() }
}

/** How the machinery is that all stores share, check by check. */
export const instanceChecks = (facts: InstanceFacts, formats: NumberFormats): Check[] => [
  ingest(facts, formats),
  queues(facts, formats),
  warehouse(facts, formats),
  ...disk(facts, formats),
  redis(facts, formats),
]
