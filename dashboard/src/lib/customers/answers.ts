export type { CohortsAnswer } from '@guanlan/warehouse/queries/cohorts/contract'
export type { RepurchaseAnswer } from '@guanlan/warehouse/queries/repurchase/contract'
export type { Segment } from '@guanlan/warehouse/queries/rfm/contract'
