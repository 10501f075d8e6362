export type { ReturnOutliersAnswer } from '@guanlan/warehouse/queries/return-outliers/contract'
export type { ReturnsAnswer } from '@guanlan/warehouse/queries/returns/contract'
