/** What chance is asked for. Each has streams of its own, so that a change to one leaves the others as they were. */
export const streams = {
  arrivals: 1,
  shopper: 2,
  life: 3,
  visit: 4,
  order: 5,
  afterSales: 6,
  bots: 7,
  day: 8,
  stock: 9,
  heatmap: 10,
} as const
