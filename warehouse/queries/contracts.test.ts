import { expect, test } from 'vitest'
import { z } from 'zod'
import { arrivalsAnswer, arrivalsRequest } from './arrivals/contract.ts'
import { cohortsAnswer, cohortsRequest } from './cohorts/contract.ts'
import { dataHealthAnswer, dataHealthRequest } from './data-health/contract.ts'
import { freshnessAnswer, freshnessRequest } from './freshness/contract.ts'
import { funnelAnswer, funnelRequest } from './funnel/contract.ts'
import { gmvFactorsAnswer, gmvFactorsRequest } from './gmv-factors/contract.ts'
import { heatmapAnswer, heatmapRequest } from './heatmap/heatmap.ts'
import { incidentsAnswer, incidentsRequest } from './incidents/contract.ts'
import { ordersAnswer, ordersRequest } from './orders/contract.ts'
import { paceAnswer, paceRequest } from './pace/contract.ts'
import { productsAnswer, productsRequest } from './products/contract.ts'
import { queryAnswer } from './query/answer.ts'
import { queryRequest } from './query/request.ts'
import { recentEventsAnswer, recentEventsRequest } from './recent-events/contract.ts'
import { rejectionsAnswer, rejectionsRequest } from './rejections/contract.ts'
import { repurchaseAnswer, repurchaseRequest } from './repurchase/contract.ts'
import { returnOutliersAnswer, returnOutliersRequest } from './return-outliers/contract.ts'
import { returnsAnswer, returnsRequest } from './returns/contract.ts'
import { rfmAnswer, rfmRequest } from './rfm/contract.ts'

const requests = { queryRequest, funnelRequest, repurchaseRequest, cohortsRequest, rfmRequest, returnsRequest, returnOutliersRequest, productsRequest, gmvFactorsRequest, paceRequest, recentEventsRequest, rejectionsRequest, arrivalsRequest, dataHealthRequest, freshnessRequest, ordersRequest, incidentsRequest, heatmapRequest } // biome-ignore format: a list
const answers = { queryAnswer, funnelAnswer, repurchaseAnswer, cohortsAnswer, rfmAnswer, returnsAnswer, returnOutliersAnswer, productsAnswer, gmvFactorsAnswer, paceAnswer, recentEventsAnswer, rejectionsAnswer, arrivalsAnswer, dataHealthAnswer, freshnessAnswer, ordersAnswer, incidentsAnswer, heatmapAnswer } // biome-ignore format: a list

test.each(Object.entries(requests))('%s has a JSON Schema of what may be sent', (_, schema) => {
  const json = z.toJSONSchema(schema, { io: 'input' })
  expect(json).toMatchObject({ type: 'object', description: expect.any(String) })
  expect(json.required).toContain('store_id')
})

test.each(Object.entries(answers))('%s has a JSON Schema of what comes back', (_, schema) => {
  expect(z.toJSONSchema(schema, { io: 'output' })).toMatchObject({ type: 'object' })
})

test('a question with a word too many is refused, not half understood', () => {
  const asked = { store_id: 's', metrics: ['gmv'], date_range: ['2026-11-01', '2026-11-02'] }
  expect(queryRequest.safeParse(asked).success).toBe(true)
  expect(queryRequest.safeParse({ ...asked, dimension: ['channel'] }).success).toBe(false)
  expect(queryRequest.safeParse({ ...asked, metrics: ['gmvv'] }).success).toBe(false)
  expect(queryRequest.safeParse({ ...asked, date_range: ['yesterday', '2026-11-02'] }).success).toBe(false)
})
