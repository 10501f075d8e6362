import { gmvFactorsAnswer, gmvFactorsRequest } from '@guanlan/warehouse/queries/gmv-factors/contract'
import { runGmvFactors } from '@guanlan/warehouse/queries/gmv-factors/run-gmv-factors'
import { endpoint } from './endpoint.ts'

export const gmvFactorsEndpoint = endpoint({
  name: 'gmv-factors',
  method: 'POST',
  summary: 'Why paid GMV changed',
  description:
    'Paid GMV = visitors × conversion × spend per buyer: what each contributed to the change, in money, adding up to it; and the bridge from gross to net.',
  request: gmvFactorsRequest,
  answer: gmvFactorsAnswer,
  example: { store_id: 'main', date_range: ['2026-11-01', '2026-11-12'], compare: 'previous_period' },
  ask: ({ warehouse, store, asked }, request) => runGmvFactors(warehouse, store, request, asked),
  table: ({ paid_gmv, factors, bridge }) => ({
    columns: ['part', 'name', 'value', 'compared', 'contribution'],
    rows: [
      ['change', 'paid_gmv', paid_gmv.value, paid_gmv.compared, paid_gmv.change],
      ...factors.map(({ name, value, compared, contribution }) => ['factor', name, value, compared, contribution]),
      ...bridge.map(({ name, value, compared }) => ['bridge', name, value, compared, null]),
    ],
  }),
})
