export type { RejectionsAnswer as Rejections } from '@guanlan/warehouse/queries/rejections/contract'
