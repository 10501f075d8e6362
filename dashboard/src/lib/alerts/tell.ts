import type { NumberFormats } from '#lib/format/numbers.ts'
import { m } from '#lib/paraglide/messages.js'
import { gapOf } from './how-much.ts'
import type { IncidentRow, Loss, Slice } from './incident-row.ts'
import { findingLabels } from './labels.ts'

/** A slice's value; none: unknown. */
export const sliceText = ({ label }: Slice): string => label || m.breakdown_unknown()

/** What an incident is about: 支付金额 · 抖音. */
export const subjectOf = ({ metric, slice }: Pick<IncidentRow, 'metric' | 'slice'>): string =>
  slice ? `${metric.label} · ${sliceText(slice)}` : metric.label

/** How far it is from what was expected: 低于预期 42%; where nothing was expected, what was found. */
export function howMuchText(
  { value, finding }: Pick<IncidentRow, 'finding'> & { value: Pick<IncidentRow['value'], 'expected' | 'actual'> },
  formats: NumberFormats,
): string {
  const gap = gapOf(value)
  if (gap === null) return findingLabels[finding]()
  const share = formats.short(Math.round(Math.abs(gap) * 100) / 100, 'ratio')
  return gap < 0 ? m.alerts_below({ share }) : m.alerts_above({ share })
}

/** What it costs: 每小时少 ¥1.2万, or what it has brought. */
export function perHourText(loss: Loss, formats: NumberFormats): string | undefined {
  if (loss.per_hour === null) return undefined
  const money = formats.short(Math.abs(loss.per_hour), 'money')
  return loss.so_far > 0 ? m.alerts_lost_per_hour({ money }) : m.alerts_gained_per_hour({ money })
}

export function soFarText(loss: Loss, formats: NumberFormats, isOver: boolean): string {
  const money = formats.short(Math.abs(loss.so_far), 'money')
  if (isOver) return loss.so_far > 0 ? m.alerts_lost_in_all({ money }) : m.alerts_gained_in_all({ money })
  return loss.so_far > 0 ? m.alerts_lost_so_far({ money }) : m.alerts_gained_so_far({ money })
}
