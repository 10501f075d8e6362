import { readSettings } from '@guanlan/warehouse/settings/read'
import { getLocale } from '#lib/paraglide/runtime.js'
import { connections } from '#lib/server/connections.ts'
import { documentActions } from '#lib/server/settings/document-actions.ts'
import { readTarget, targetMetrics } from '#lib/server/settings/read-target.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'
import { metricWords } from '#lib/server/words.ts'

export const load = async ({ params, locals, depends }) => {
  depends('store:settings')
  const { store_id } = await storeOf(locals.asker, params.store_id)
  const { warehouse } = connections()
  const [targets, campaigns] = await Promise.all([
    readSettings(warehouse, 'target', { store_id }),
    readSettings(warehouse, 'campaign', { store_id }),
  ])
  const words = metricWords([...new Set([...targetMetrics, ...targets.map(({ value }) => value.metric)])], getLocale())
  return {
    targets: targets
      .map(({ id, version, value }) => ({ id, version, ...value }))
      .sort((a, b) => b.from.localeCompare(a.from) || a.to.localeCompare(b.to)),
    campaigns: campaigns
      .sort((a, b) => Date.parse(b.value.starts_at) - Date.parse(a.value.starts_at))
      .map(({ id, value }) => ({ id, name: value.name })),
    words,
    metrics: targetMetrics,
  }
}

export const actions = documentActions('target', 'plan', readTarget)
