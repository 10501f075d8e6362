import type { RepurchaseAnswer } from '@guanlan/warehouse/queries/repurchase/contract'

export interface RepurchaseMonth {
  month: string
  /** By window, in the order asked. */
  rates: { days: number; rate: number | null; eligible: number; open: number }[]
}

/** The rates of a question by month, a month a row; a rate with open customers still moves. */
export function repurchaseMonths({ results }: RepurchaseAnswer): RepurchaseMonth[] {
  return [...Map.groupBy(results, ({ cohort = '' }) => cohort)].map(([month, rows]) => ({
    month,
    rates: rows.map(({ window_days, rate, eligible, open }) => ({ days: window_days, rate, eligible, open })),
  }))
}
