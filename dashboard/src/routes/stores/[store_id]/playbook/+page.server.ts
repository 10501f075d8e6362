import { metricNames, metrics } from '@guanlan/warehouse/metrics/catalog'
import { watchedSlices } from '@guanlan/warehouse/settings/alerting'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { getLocale } from '#lib/paraglide/runtime.js'
import { readPlaybook } from '#lib/server/alerts/read-playbook.ts'
import { connections } from '#lib/server/connections.ts'
import { documentActions } from '#lib/server/settings/document-actions.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'
import { dimensionLabel, valueLabel } from '#lib/server/words.ts'

export const load = async ({ params, locals, depends }) => {
  depends('store:settings')
  const { store_id } = await storeOf(locals.asker, params.store_id)
  const language = getLocale()
  const lines = await readSettings(connections().warehouse, 'playbook', { store_id })
  return {
    lines: lines
      .map(({ id, version, value }) => {
        const { dimension, value: of, channel_group, metric } = value.when
        return {
          ...{ ...value, id, version },
          metric_label: metric ? metrics[metric].label[language] : null,
          slice_label: dimension
            ? `${dimensionLabel(dimension, language)}${of ? ` ${valueLabel(dimension, of, language)}` : ''}`
            : null,
          group_label: channel_group ? valueLabel('channel_group', channel_group, language) : null,
        }
      })
      .sort((a, b) => a.place - b.place),
    metrics: metricNames.map((name) => ({ name, label: metrics[name].label[language] })),
    slices: watchedSlices.map((name) => ({ name, label: dimensionLabel(name, language) })),
    groups: (['public', 'private'] as const).map((name) => ({
      name,
      label: valueLabel('channel_group', name, language),
    })),
  }
}

export const actions = documentActions('playbook', 'change_rules', readPlaybook)
