import { inventory } from './inventory.ts'
import { orders } from './orders.ts'
import { products } from './products.ts'
import type { RecordKind } from './record.ts'
import { refunds } from './refunds.ts'
import { reviews } from './reviews.ts'
import { spend } from './spend.ts'
import { tickets } from './tickets.ts'

/** The kinds of record, by the name they have in addresses. */
export const recordKinds: ReadonlyMap<string, RecordKind> = new Map(
  Object.entries({ orders, refunds, products, inventory, spend, tickets, reviews }),
)
