import type { QueryRequest } from '@guanlan/warehouse/queries/query/request'
import { queryEndpoint } from '../api/query-endpoint.ts'
import { ask, type PageWorld } from '../ask.ts'

/** Whether a store tells of spend on advertising in a period or the one beside it; false when that cannot be found out. */
export async function hasSpend(
  world: PageWorld,
  { date_range, compare }: Pick<QueryRequest, 'date_range' | 'compare'>,
): Promise<boolean> {
  const { store_id } = world.store
  try {
    const { results } = await ask(world, queryEndpoint, { store_id, metrics: ['ad_spend'], date_range, compare })
    return results.some(({ metrics, comparison }) => [...metrics, ...(comparison ?? [])].some(Boolean))
  } catch (error) {
    world.log.warn({ err: error }, 'whether there is spend is not known')
    return false
  }
}
