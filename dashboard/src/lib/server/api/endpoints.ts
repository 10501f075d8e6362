import { cohortsEndpoint } from './cohorts-endpoint.ts'
import type { Endpoint } from './endpoint.ts'
import { eventValuesEndpoint } from './event-values-endpoint.ts'
import { funnelEndpoint } from './funnel-endpoint.ts'
import { gmvFactorsEndpoint } from './gmv-factors-endpoint.ts'
import { productsEndpoint } from './products-endpoint.ts'
import { queryEndpoint } from './query-endpoint.ts'
import { repurchaseEndpoint } from './repurchase-endpoint.ts'
import { returnsEndpoint } from './returns-endpoint.ts'
import { rfmEndpoint } from './rfm-endpoint.ts'

/** Every question that the read API answers. */
export const endpoints: readonly Endpoint[] = [
  queryEndpoint,
  gmvFactorsEndpoint,
  funnelEndpoint,
  eventValuesEndpoint,
  repurchaseEndpoint,
  cohortsEndpoint,
  rfmEndpoint,
  returnsEndpoint,
  productsEndpoint,
]
