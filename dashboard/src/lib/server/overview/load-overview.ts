import type { Asked } from '@guanlan/warehouse/define-query'
import type { GmvFactorsAnswer } from '@guanlan/warehouse/queries/gmv-factors/contract'
import { runGmvFactors } from '@guanlan/warehouse/queries/gmv-factors/run-gmv-factors'
import type { QueryAnswer } from '@guanlan/warehouse/queries/query/answer'
import type { QueryRequest } from '@guanlan/warehouse/queries/query/request'
import { runQuery } from '@guanlan/warehouse/queries/query/run-query'
import type { Store } from '@guanlan/warehouse/queries/store'
import { storeSpan } from '@guanlan/warehouse/queries/store-span'
import type { Language } from '#lib/format/numbers.ts'
import type { Breakdown } from '#lib/overview/breakdowns.ts'
import { dayIn } from '#lib/period/days.ts'
import type { Connections } from '../connections.ts'
import { panel, soon } from '../panels.ts'
import { remember } from '../remember.ts'
import { valueLabel } from '../words.ts'
import type { overviewRequests } from './overview-requests.ts'

// Shared by everybody who looks at the same store and period, so that many screens cost as much as one.
const answers = remember<QueryAnswer>(1000, 200)
const splits = remember<GmvFactorsAnswer>(1000, 200)

type Requests = ReturnType<typeof overviewRequests>
type World = Pick<Connections, 'warehouse' | 'log'> & { store: Store; asked: Asked }

const ask = ({ warehouse, store, asked }: World, request: QueryRequest) =>
  // Without the asker's signal: who leaves must not take the answer from those who share it.
  answers(JSON.stringify([store, request]), () =>
    runQuery(warehouse, store, request, { ...(asked.by && { by: asked.by }) }),
  )

/** The tree: what each factor is, and what it brought when there is a comparison. */
async function treeOf(world: World, { totals, factors }: Requests) {
  const { warehouse, store, asked } = world
  const by = asked.by ? { by: asked.by } : {}
  const split = factors && splits(JSON.stringify([store, factors]), () => runGmvFactors(warehouse, store, factors, by))
  const [answer, contributions] = await Promise.all([ask(world, totals), split])
  return { answer, factors: contributions }
}

async function daysWithFacts({ warehouse, store, asked }: World): Promise<{ from: string; to: string } | null> {
  const [span] = await storeSpan(warehouse, { store_id: store.store_id }, asked)
  if (!span?.first || !span.last) return null
  const day = (at: string) => dayIn(store.time_zone, new Date(at))
  return { from: day(span.first), to: day(span.last) }
}

/** An answer of one dimension, and beside each row the name that people know its value by. */
export interface LabelledAnswer {
  answer: QueryAnswer
  labels: string[]
}

async function labelled(asked: Promise<QueryAnswer>, by: Breakdown, language: Language): Promise<LabelledAnswer> {
  const answer = await asked
  return { answer, labels: answer.results.map(({ dimensions: [value = ''] }) => valueLabel(by, value, language)) }
}

/** Asks for every panel of the overview at once. */
export async function loadOverview(
  world: World,
  requests: Requests,
  { by, language }: { by: Breakdown; language: Language },
) {
  const { log } = world
  return soon({
    tree: panel(log, 'tree', treeOf(world, requests)),
    totals: panel(log, 'totals', ask(world, requests.totals)),
    series: panel(log, 'series', ask(world, requests.series)),
    breakdown: panel(log, 'breakdown', labelled(ask(world, requests.breakdown), by, language)),
    span: panel(log, 'span', daysWithFacts(world)),
  })
}
