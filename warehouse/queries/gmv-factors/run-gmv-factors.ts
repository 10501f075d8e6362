import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { runQuery } from '../query/run-query.ts'
import type { Store } from '../store.ts'
import { type GmvFactorsAnswer, type GmvFactorsRequest, gmvFactorsRequest } from './contract.ts'
import { splitChange } from './split-change.ts'

const bridge = ['gmv', 'unpaid_gmv', 'cancelled_gmv', 'paid_gmv', 'refund_amount', 'net_sales'] as const
const factors = ['visitors', 'conversion_rate', 'spend_per_buyer'] as const
const metrics = ['buyers', ...factors, ...bridge] as const
type Name = (typeof metrics)[number]
type Numbers = Record<Name, number | null>

const named = (values: (number | null)[] = []): Numbers =>
  Object.fromEntries(metrics.map((name, at) => [name, values[at] ?? null])) as Numbers

/** Money in ten-thousandths: integers, whose sums are exact. */
const fine = (money: number | null) => Math.round((money ?? 0) * 10_000)
const product = ({ visitors, buyers, paid_gmv }: Numbers) => ({
  visitors: visitors ?? 0,
  buyers: buyers ?? 0,
  paid: fine(paid_gmv),
})

/**
 * Why paid GMV changed against another period: what visitors, conversion and spend per buyer each contributed, in money,
 * adding up to the change; and the bridge from gross to net of both periods.
 * @throws QueryError when a filter is one that traffic, orders and refunds do not all know
 */
export async function runGmvFactors(
  warehouse: Warehouse,
  store: Store,
  request: GmvFactorsRequest,
  asked: Asked = {},
): Promise<GmvFactorsAnswer> {
  const question = gmvFactorsRequest.parse(request)
  const { results, meta } = await runQuery(warehouse, store, { ...question, metrics: [...metrics] }, asked)
  const [now, before] = [named(results[0]?.metrics), named(results[0]?.comparison)]
  const contributions = splitChange(product(now), product(before))
  return {
    paid_gmv: {
      value: now.paid_gmv ?? 0,
      compared: before.paid_gmv ?? 0,
      change: (fine(now.paid_gmv) - fine(before.paid_gmv)) / 10_000,
    },
    factors: factors.map((name) => ({
      name,
      value: now[name],
      compared: before[name],
      contribution: contributions[name] / 10_000,
    })),
    bridge: bridge.map((name) => ({ name, value: now[name] ?? 0, compared: before[name] ?? 0 })),
    meta: {
      time_zone: meta.time_zone,
      currency: meta.currency,
      from: meta.from,
      to: meta.to,
      comparison: meta.comparison ?? { from: meta.from, to: meta.to },
      warnings: meta.warnings,
    },
  }
}
