import type { PaceRequest } from '@guanlan/warehouse/queries/pace/contract'
import type { QueryAnswer } from '@guanlan/warehouse/queries/query/answer'
import { storeSpan } from '@guanlan/warehouse/queries/store-span'
import type { Language } from '#lib/format/intl.ts'
import type { Breakdown } from '#lib/overview/breakdowns.ts'
import { dayIn } from '#lib/period/days.ts'
import type { Question } from '#lib/question.ts'
import { gmvFactorsEndpoint } from '../api/gmv-factors-endpoint.ts'
import { paceEndpoint } from '../api/pace-endpoint.ts'
import { productsEndpoint } from '../api/products-endpoint.ts'
import { queryEndpoint } from '../api/query-endpoint.ts'
import { ask, askPanel, type PageWorld, questionOf } from '../ask.ts'
import { panel, soon } from '../panels.ts'
import { productLabels } from '../product-labels.ts'
import { valueLabel } from '../words.ts'
import { hasSpend } from './has-spend.ts'
import { fileOf, type overviewRequests, withSpend } from './overview-requests.ts'

type Requests = ReturnType<typeof overviewRequests>

/** The tree: what each factor is, and what it brought when there is a comparison. */
async function treeOf(world: PageWorld, { totals, factors }: Requests) {
  const [answer, contributions] = await Promise.all([
    ask(world, queryEndpoint, totals),
    factors && ask(world, gmvFactorsEndpoint, factors),
  ])
  return { answer, factors: contributions }
}

/** The days from the first to the last fact of a store; null while it has none. */
export async function daysWithFacts({
  warehouse,
  store,
  asked,
}: PageWorld): Promise<{ from: string; to: string } | null> {
  const [span] = await storeSpan(warehouse, { store_id: store.store_id }, asked)
  if (!span?.first || !span.last) return null
  const day = (at: string) => dayIn(store.time_zone, new Date(at))
  return { from: day(span.first), to: day(span.last) }
}

/** An answer of one dimension, beside each row the name that people know its value by, and the question for its file. */
export interface LabelledAnswer {
  answer: QueryAnswer
  labels: string[]
  question: Question
}

interface Shown {
  by: Breakdown
  language: Language
  /** Whether spend is known of the slices that are asked for. */
  knowsSpend: boolean
}

async function breakdownPanel(
  world: PageWorld,
  { breakdown, products_file }: Requests,
  { by, language, knowsSpend }: Shown,
): Promise<LabelledAnswer> {
  const request = knowsSpend && (await hasSpend(world, breakdown)) ? withSpend(breakdown) : breakdown
  const answer = await ask(world, queryEndpoint, request)
  const values = answer.results.map(({ dimensions: [value = ''] }) => value)
  if (by === 'product') {
    const label = await productLabels(world, values)
    return { answer, labels: values.map(label), question: questionOf(productsEndpoint, products_file) }
  }
  const labels = values.map((value) => valueLabel(by, value, language))
  return { answer, labels, question: questionOf(queryEndpoint, fileOf(request)) }
}

/** Asks for every panel of the overview at once; beside each its question, for its file. */
export async function loadOverview(
  world: PageWorld,
  requests: Requests,
  { pace, ...shown }: Shown & { pace: PaceRequest | undefined },
) {
  const { log } = world
  const { until, factors, totals, series } = requests
  const panels = await soon({
    pace: pace ? askPanel(world, paceEndpoint, pace) : Promise.resolve(undefined),
    tree: panel(log, 'tree', treeOf(world, requests)),
    totals: askPanel(world, queryEndpoint, totals),
    series: askPanel(world, queryEndpoint, series),
    breakdown: panel(log, 'breakdown', breakdownPanel(world, requests, shown)),
    span: panel(log, 'span', daysWithFacts(world)),
  })
  const questions = {
    pace: pace && questionOf(paceEndpoint, pace),
    factors: factors && questionOf(gmvFactorsEndpoint, factors),
    totals: questionOf(queryEndpoint, totals),
    series: questionOf(queryEndpoint, series),
  }
  return { ...panels, questions, until }
}
