import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import type { MetricName } from '../../metrics/catalog.ts'
import type { DimensionName } from '../../metrics/dimensions.ts'
import { dimensionsOf, type Filter } from '../filter.ts'
import type { QueryRequest } from '../query/request.ts'
import { runQuery } from '../query/run-query.ts'
import type { Store } from '../store.ts'

export const sold = ['paid_orders', 'paid_gmv'] as const
export const back = ['returned_orders', 'returned_amount'] as const
export const linked = [...sold, ...back] as const
export const given = ['refunds', 'refund_amount', 'unlinked_refunds'] as const
type Name = (typeof linked)[number] | (typeof given)[number]

/** Numbers of one slice or day; what was not asked is zero. */
export type Numbers = { value: string } & Record<Name, number>
export const none = { value: '', ...Object.fromEntries([...linked, ...given].map((name) => [name, 0])) } as Numbers

/** Values that one condition may have. */
const mostValues = 200

type Range = Pick<QueryRequest, 'store_id' | 'date_range' | 'as_of'>
type Shape = Partial<Pick<QueryRequest, 'grain' | 'limit' | 'order_by'>> & { by?: DimensionName }

const isOfReason = (filter: Filter) => dimensionsOf([filter]).every((name) => name === 'reason')

function oneOf(name: DimensionName, values: string[]): Filter {
  const chunks = Array.from({ length: Math.ceil(values.length / mostValues) }, (_, at) =>
    values.slice(at * mostValues, (at + 1) * mostValues),
  )
  return ['or', chunks.map((chunk): Filter => ['is', name, chunk])]
}

/**
 * Asks what was sold and what came back. An order that stays has no reason, so conditions on the reason hold for what
 * came back alone, and orders and paid GMV are those of everything else that is asked.
 */
export function askReturns(warehouse: Warehouse, store: Store, range: Range, filters: readonly Filter[], asked: Asked) {
  const ask = async (names: readonly Name[], { by, ...shape }: Shape, conditions: readonly Filter[]) => {
    const dimensions = by ? [by] : []
    const request = {
      ...range,
      ...shape,
      dimensions,
      filters: [...conditions],
      metrics: names as readonly MetricName[],
    }
    const { results } = await runQuery(warehouse, store, request as QueryRequest, asked)
    return results.map(({ dimensions: [value = ''], metrics }) => ({
      value,
      ...Object.fromEntries(names.map((name, at) => [name, metrics[at] ?? 0])),
    })) as ({ value: string } & Partial<Record<Name, number>>)[]
  }
  const ofOrders = filters.filter((filter) => !isOfReason(filter))

  return async (names: readonly Name[], shape: Shape = {}): Promise<Numbers[]> => {
    const placed = names.filter((name) => sold.some((each) => each === name))
    const rest = names.filter((name) => !placed.includes(name))
    // Together where they may be, so that each slice has its own orders however many slices there are.
    const apart = placed.length > 0 && (ofOrders.length < filters.length || shape.by === 'reason')
    if (apart && rest.length === 0) return (await ask(placed, shape, ofOrders)).map((row) => ({ ...none, ...row }))
    const rows = await ask(apart ? rest : names, shape, filters)
    if (!apart || shape.by === 'reason') return rows.map((row) => ({ ...none, ...row }))
    if (rows.length === 0) return []
    const { by, grain } = shape
    const of = by
      ? [
          ...ofOrders,
          oneOf(
            by,
            rows.map(({ value }) => value),
          ),
        ]
      : ofOrders
    const orders = await ask(placed, { ...(by && { by }), ...(grain && { grain }) }, of)
    const found = new Map(orders.map((row) => [row.value, row]))
    return rows.map((row) => ({ ...none, ...found.get(row.value), ...row }))
  }
}
