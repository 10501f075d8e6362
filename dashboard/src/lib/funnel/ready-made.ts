import type { Step } from './step-text.ts'

const event = (name: string): Step => ({ name, where: [] })
const pageOf = (...page_types: string[]): Step => ({
  name: 'page_view',
  where: [{ field: 'page_type', operator: 'is', values: page_types }],
})

/** Funnels that every shop has: from the product to the order by GA4's events, and the short path by types of page. */
export const readyMade = {
  buying: [
    event('view_item'),
    event('add_to_cart'),
    event('begin_checkout'),
    event('add_payment_info'),
    event('purchase'),
  ],
  core_path: [
    pageOf('home', 'index'),
    pageOf('category', 'list', 'collection'),
    pageOf('product', 'item'),
    event('purchase'),
  ],
} as const satisfies Record<string, readonly Step[]>
export type ReadyMade = keyof typeof readyMade
export const readyMadeNames = ['core_path', 'buying'] as const satisfies readonly ReadyMade[]
