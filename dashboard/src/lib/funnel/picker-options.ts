import type { FunnelWords } from '#lib/server/funnel/funnel-words.ts'
import { eventLabel } from './event-labels.ts'
import type { EventValuesAnswer } from './event-values.ts'
import { fieldValue } from './step-words.ts'

/** A value to choose; without a count it is what was typed and not seen. */
export interface PickerOption {
  value: string
  label: string
  events: number | undefined
}

/** Fields with few values that have names of their own: all are asked at once. */
export const isFew = (field: string): boolean => ['event', 'channel', 'channel_group', 'device'].includes(field)

/**
 * What there is to choose from for a text: values whose name or label has it, the very same first; else the text itself.
 * Until the values have come, nothing: a name that people call one by must not be taken for a value.
 */
export function pickerOptions(
  field: string,
  found: EventValuesAnswer['results'] | undefined,
  typed: string,
  words: FunnelWords,
): PickerOption[] {
  if (!found) return []
  const text = typed.trim()
  const has = (one: string) => one.toLowerCase().includes(text.toLowerCase())
  const options = found
    .map(({ value, name, events }) => ({ value, label: labelOf(field, value, name, words), events }))
    .filter(({ value, label }) => has(value) || has(label))
  const same = options.filter(({ value, label }) => value === text || label === text)
  const others = options.filter((one) => !same.includes(one))
  const isNew = text !== '' && same.length === 0
  return [...same, ...others, ...(isNew ? [{ value: text, label: text, events: undefined }] : [])]
}

function labelOf(field: string, value: string, name: string, words: FunnelWords): string {
  if (field === 'event') return eventLabel(value)
  return name || fieldValue(field, value, words)
}
