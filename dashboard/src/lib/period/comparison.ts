/** What a period is compared with, as the read API names it. */
export const comparisons = ['previous_period', 'same_weekdays', 'last_year', 'none'] as const
export type Comparison = (typeof comparisons)[number]

/** The comparison that an address names; the previous period when it names none. */
export const comparisonOf = (params: { get(name: string): string | null }): Comparison =>
  comparisons.find((each) => each === params.get('compare')) ?? 'previous_period'
