import { arrivalsEndpoint } from './arrivals-endpoint.ts'
import { cohortsEndpoint } from './cohorts-endpoint.ts'
import { dataHealthEndpoint } from './data-health-endpoint.ts'
import type { Endpoint } from './endpoint.ts'
import { eventValuesEndpoint } from './event-values-endpoint.ts'
import { eventsEndpoint } from './events-endpoint.ts'
import { freshnessEndpoint } from './freshness-endpoint.ts'
import { funnelEndpoint } from './funnel-endpoint.ts'
import { gmvFactorsEndpoint } from './gmv-factors-endpoint.ts'
import { heatmapEndpoint } from './heatmap-endpoint.ts'
import { incidentsEndpoint } from './incidents-endpoint.ts'
import { ordersEndpoint } from './orders-endpoint.ts'
import { paceEndpoint } from './pace-endpoint.ts'
import { productsEndpoint } from './products-endpoint.ts'
import { queryEndpoint } from './query-endpoint.ts'
import { rejectionsEndpoint } from './rejections-endpoint.ts'
import { repurchaseEndpoint } from './repurchase-endpoint.ts'
import { returnOutliersEndpoint } from './return-outliers-endpoint.ts'
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
  returnOutliersEndpoint,
  productsEndpoint,
  ordersEndpoint,
  freshnessEndpoint,
  paceEndpoint,
  eventsEndpoint,
  rejectionsEndpoint,
  arrivalsEndpoint,
  dataHealthEndpoint,
  incidentsEndpoint,
  heatmapEndpoint,
]
