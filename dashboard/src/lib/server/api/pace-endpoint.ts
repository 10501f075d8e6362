import { paceAnswer, paceRequest } from '@guanlan/warehouse/queries/pace/contract'
import { type Expectations, runPace } from '@guanlan/warehouse/queries/pace/run-pace'
import { rememberSettings } from '../settings/remember-settings.ts'
import { endpoint } from './endpoint.ts'
import { flatTable } from './flat-table.ts'

const columns = ['metric', 'target', 'actual', 'share_expected', 'expected_by_now', 'forecast', 'forecast_low', 'forecast_high'] as const // biome-ignore format: a list

/** By the store's past and its campaigns. */
const recall = rememberSettings<Expectations>(60_000, 200)

export const paceEndpoint = endpoint({
  name: 'pace',
  method: 'GET',
  summary: 'A period against its target, and where it will end',
  description:
    'The target of the period, the number so far, how much of it usually is there by now, and a forecast of its end with the range that such forecasts have. By the usual hours of the week, within a campaign by those of the most alike earlier one.',
  request: paceRequest,
  answer: paceAnswer,
  example: { store_id: 'main', metric: 'paid_gmv', from: '2026-11-01', to: '2026-12-01' },
  ask: ({ warehouse, store, asked }, request) => runPace(warehouse, store, request, { ...asked, recall }),
  table: (answer) => flatTable(columns, [answer]),
})
