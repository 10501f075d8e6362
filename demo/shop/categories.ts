import type { RefundReason } from './refund-reasons.ts'

/** What a kind of goods is like to its buyers. */
interface Traits {
  label: string
  /** Cost as a share of the price. */
  cost: number
  /** How much of the demand of a person without tastes goes to it. */
  demand: number
  /** Days from one order to the next of who buys it again, and how far that varies. */
  reorder: readonly [days: number, deviation: number]
  /** The share of buyers who buy it again when it runs out. */
  returning: number
  /** The share of lines that come back, sold through an average channel. */
  returns: number
  reasons: Readonly<Partial<Record<RefundReason, number>>>
  /** How many of one are bought: the weights of 1, 2, 3 … */
  quantities: readonly number[]
}

export const categories = {
  tea: {
    label: '茶叶',
    cost: 0.38,
    demand: 17,
    reorder: [30, 6],
    returning: 0.52,
    returns: 0.022,
    reasons: { quality: 3, not_as_described: 4, changed_mind: 3, damaged: 1 },
    quantities: [70, 24, 6],
  },
  teaware: {
    label: '茶具',
    cost: 0.42,
    demand: 8,
    reorder: [75, 30],
    returning: 0.18,
    returns: 0.046,
    reasons: { damaged: 6, not_as_described: 3, changed_mind: 3, quality: 2 },
    quantities: [94, 5, 1],
  },
  kitchen: {
    label: '厨房餐具',
    cost: 0.48,
    demand: 13,
    reorder: [65, 28],
    returning: 0.2,
    returns: 0.048,
    reasons: { quality: 4, damaged: 3, changed_mind: 3, not_as_described: 2 },
    quantities: [88, 10, 2],
  },
  bedding: {
    label: '床品家纺',
    cost: 0.45,
    demand: 9,
    reorder: [90, 35],
    returning: 0.15,
    returns: 0.062,
    reasons: { not_as_described: 4, size: 4, changed_mind: 3, quality: 2 },
    quantities: [90, 10],
  },
  scent: {
    label: '香薰蜡烛',
    cost: 0.33,
    demand: 8,
    reorder: [58, 22],
    returning: 0.19,
    returns: 0.028,
    reasons: { not_as_described: 5, changed_mind: 3, damaged: 2 },
    quantities: [84, 13, 3],
  },
  stationery: {
    label: '文具手账',
    cost: 0.36,
    demand: 8,
    reorder: [48, 20],
    returning: 0.25,
    returns: 0.018,
    reasons: { changed_mind: 4, not_as_described: 3, wrong_item: 2 },
    quantities: [66, 22, 12],
  },
  care: {
    label: '个护清洁',
    cost: 0.4,
    demand: 14,
    reorder: [38, 9],
    returning: 0.45,
    returns: 0.034,
    reasons: { quality: 3, not_as_described: 3, changed_mind: 3, damaged: 1 },
    quantities: [74, 20, 6],
  },
  storage: {
    label: '收纳整理',
    cost: 0.47,
    demand: 8,
    reorder: [70, 28],
    returning: 0.19,
    returns: 0.05,
    reasons: { size: 5, not_as_described: 3, changed_mind: 3, damaged: 1 },
    quantities: [62, 26, 12],
  },
  loungewear: {
    label: '家居服饰',
    cost: 0.4,
    demand: 8,
    reorder: [64, 24],
    returning: 0.22,
    returns: 0.128,
    reasons: { size: 9, changed_mind: 5, not_as_described: 3, quality: 2 },
    quantities: [90, 10],
  },
  snacks: {
    label: '零食冲饮',
    cost: 0.5,
    demand: 13,
    reorder: [24, 7],
    returning: 0.47,
    returns: 0.016,
    reasons: { quality: 3, damaged: 3, not_as_described: 2 },
    quantities: [54, 31, 15],
  },
} as const satisfies Record<string, Traits>

export type Category = keyof typeof categories
export const categoryNames = Object.keys(categories) as Category[]
