import { channels } from '@guanlan/warehouse/channels'
import { type MetricName, metrics } from '@guanlan/warehouse/metrics/catalog'
import { type DimensionName, dimensions } from '@guanlan/warehouse/metrics/dimensions'
import type { Language, Unit } from '#lib/format/numbers.ts'

/** A metric in the reader's language: what a page shows of the catalog. */
export interface MetricWords {
  name: string
  label: string
  description: string
  unit: Unit
  better: 'up' | 'down' | 'neutral'
}

/** Metrics of the catalog by name, in a language. */
export function metricWords<Name extends MetricName>(names: readonly Name[], language: Language) {
  const words = names.map((name): [Name, MetricWords] => {
    const { label, description, unit, better } = metrics[name]
    return [name, { name, label: label[language], description: description[language], unit, better }]
  })
  return Object.fromEntries(words) as Record<Name, MetricWords>
}

/** A dimension's name in a language. */
export const dimensionLabel = (name: DimensionName, language: Language): string => dimensions[name].label[language]

const channelLabels = new Map(channels.map(({ name, label }) => [name, label]))
const known: Partial<Record<DimensionName, (value: string, language: Language) => string | undefined>> = {
  channel: (value, language) => channelLabels.get(value)?.[language],
  channel_group: (value, language) => groups[value]?.[language],
  device: (value, language) => devices[value]?.[language],
}
const groups: Record<string, { zh: string; en: string }> = {
  public: { zh: '公域', en: 'Public' },
  private: { zh: '私域', en: 'Private' },
  unattributed: { zh: '未归因', en: 'Unattributed' },
}
const devices: Record<string, { zh: string; en: string }> = {
  phone: { zh: '手机', en: 'Phone' },
  tablet: { zh: '平板', en: 'Tablet' },
  desktop: { zh: '电脑', en: 'Desktop' },
  other: { zh: '其他', en: 'Other' },
}

/** A value of a dimension as people call it; the value itself where it has no other name. */
export const valueLabel = (dimension: DimensionName, value: string, language: Language): string =>
  known[dimension]?.(value, language) ?? value
