import { m } from '#lib/paraglide/messages.js'
import type { FunnelWords } from '#lib/server/funnel/funnel-words.ts'
import { isEventField } from './fields.ts'
import type { Operator, StepCondition } from './step-text.ts'

export const operatorLabels: Record<Operator, () => string> = {
  is: m.funnel_op_is,
  is_not: m.funnel_op_is_not,
  contains: m.funnel_op_contains,
  matches: m.funnel_op_matches,
}

/** A field of an event as people call it; a property by its path. */
export const fieldLabel = (field: string, words: FunnelWords): string =>
  isEventField(field) ? words.fields[field] : field.replace(/^properties\./, '')

/** A value of a field as people call it. */
export const fieldValue = (field: string, value: string, words: FunnelWords): string =>
  words.values[field]?.[value] ?? (value || m.breakdown_unknown())

/** A condition in words: 页面类型 是 home / index. */
export const conditionText = ({ field, operator, values }: StepCondition, words: FunnelWords): string =>
  `${fieldLabel(field, words)} ${operatorLabels[operator]()} ${values.map((value) => fieldValue(field, value, words)).join(' / ')}`
