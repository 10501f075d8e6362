import type { RepurchaseAnswer } from '@guanlan/warehouse/queries/repurchase/contract'

export type RepurchaseRow = RepurchaseAnswer['results'][number]

/** What has become of the customers of a period, in the order of the bar; they add up to all of them. */
const partNames = ['back', 'not_back', 'open_back', 'open'] as const
export type PartName = (typeof partNames)[number]

export interface Part {
  name: PartName
  customers: number
  /** Of all customers, and where the part begins. */
  share: number
  start: number
}

/** Customers as parts: come back; not, though the window is over; come back already before it is; not to be known yet. */
export function repurchaseParts(row: RepurchaseRow): Part[] {
  const customers: Record<PartName, number> = {
    back: row.repurchased,
    not_back: row.eligible - row.repurchased,
    open_back: row.open_repurchased,
    open: row.open - row.open_repurchased,
  }
  const all = row.eligible + row.open
  let start = 0
  return partNames.map((name) => {
    const share = all === 0 ? 0 : customers[name] / all
    const part = { name, customers: customers[name], share, start }
    start += share
    return part
  })
}
