import type { Value } from '@guanlan/warehouse/settings/kinds'

/** When a rule’s series is wrong. */
export type Condition = Value<'rule'>['condition']
