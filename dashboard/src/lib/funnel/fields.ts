import type { DimensionName } from '@guanlan/warehouse/metrics/dimensions'

/** The slices that events know: what a step can ask of its event, and what a funnel can be broken down by. */
export const eventFields = [
  'channel',
  'channel_group',
  'campaign',
  'device',
  'source',
  'medium',
  'entry_path',
  'path',
  'page_type',
  'event',
  'browser',
  'os',
  'language',
  'product',
  'category',
] as const satisfies readonly DimensionName[]
export type EventField = (typeof eventFields)[number]

/** What a step is asked of in the form: what it is about first, then who did it. */
export const stepFields = [
  'page_type',
  'path',
  'product',
  'category',
  'channel',
  'campaign',
  'device',
] as const satisfies readonly EventField[]

/** What a funnel is broken down by in the form. */
export const breakdownFields = [
  'channel',
  'channel_group',
  'campaign',
  'device',
  'source',
  'medium',
  'entry_path',
  'page_type',
  'category',
  'product',
  'os',
  'browser',
  'language',
] as const satisfies readonly EventField[]

const property = /^properties\.[\w$-]{1,64}(\.[\w$-]{1,64}){0,5}$/

export const isEventField = (name: string): name is EventField => eventFields.some((each) => each === name)

/** Whether a step can ask this of its event: a slice, or a property by its path. */
export const isStepField = (name: string): boolean => isEventField(name) || property.test(name)
