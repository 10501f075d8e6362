import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import type { Store } from '../store.ts'
import { type ArrivalsSince, arrivalsSince, joinArrivals } from './arrivals-since.ts'
import type { ArrivalsAnswer } from './contract.ts'

const day = 86_400_000

/**
 * What has arrived by each way in.
 * @param ever answers for all time, which costs a look at every event: it may be as old as one likes
 */
export async function runArrivals(
  warehouse: Warehouse,
  { store_id }: Store,
  asked: Asked = {},
  ever: (ask: () => Promise<ArrivalsSince>) => Promise<ArrivalsSince> = (ask) => ask(),
  now = new Date(),
): Promise<ArrivalsAnswer> {
  const [all, today] = await Promise.all([
    ever(() => arrivalsSince(warehouse, store_id, new Date(0), asked)),
    arrivalsSince(warehouse, store_id, new Date(+now - day), asked),
  ])
  return { results: joinArrivals(all, today) }
}
