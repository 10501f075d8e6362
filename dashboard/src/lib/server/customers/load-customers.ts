import { cohortsEndpoint } from '../api/cohorts-endpoint.ts'
import { queryEndpoint } from '../api/query-endpoint.ts'
import { repurchaseEndpoint } from '../api/repurchase-endpoint.ts'
import { rfmEndpoint } from '../api/rfm-endpoint.ts'
import { ask, askPanel, type PageWorld, questionOf } from '../ask.ts'
import { daysWithFacts } from '../overview/load-overview.ts'
import { panel, soon } from '../panels.ts'
import type { customersRequests } from './customers-requests.ts'

type Requests = ReturnType<typeof customersRequests>

async function buyersOf(world: PageWorld, { buyers, series }: Requests) {
  const [totals, points] = await Promise.all([ask(world, queryEndpoint, buyers), ask(world, queryEndpoint, series)])
  return { totals, series: points }
}

async function repurchaseOf(world: PageWorld, requests: Requests) {
  const { repurchase, repurchase_before, repurchase_by_month } = requests
  const [answer, before, months] = await Promise.all([
    ask(world, repurchaseEndpoint, repurchase),
    repurchase_before && ask(world, repurchaseEndpoint, repurchase_before),
    ask(world, repurchaseEndpoint, repurchase_by_month),
  ])
  return { answer, before, months }
}

async function rfmOf(world: PageWorld, { cells, segments }: Requests) {
  const [ofCells, ofSegments] = await Promise.all([ask(world, rfmEndpoint, cells), ask(world, rfmEndpoint, segments)])
  return {
    cells: ofCells.results.flatMap((row) => ('r' in row && 'customers' in row ? [row] : [])),
    segments: ofSegments.results.flatMap((row) => ('share' in row ? [row] : [])),
    meta: ofSegments.meta,
  }
}

async function listOf(world: PageWorld, list: NonNullable<Requests['list']>) {
  const { results, meta } = await ask(world, rfmEndpoint, list)
  return { customers: results.flatMap((row) => ('customer_id' in row ? [row] : [])), meta }
}

/** Asks for every panel of the customers page at once; beside each its question, for its file. */
export async function loadCustomers(world: PageWorld, requests: Requests) {
  const { log } = world
  const { list, list_file, series, repurchase, cohorts, segments } = requests
  const panels = await soon({
    buyers: panel(log, 'buyers', buyersOf(world, requests)),
    repurchase: panel(log, 'repurchase', repurchaseOf(world, requests)),
    cohorts: askPanel(world, cohortsEndpoint, cohorts),
    rfm: panel(log, 'rfm', rfmOf(world, requests)),
    list: list ? panel(log, 'customers', listOf(world, list)) : Promise.resolve(undefined),
    span: panel(log, 'span', daysWithFacts(world)),
  })
  return {
    ...panels,
    questions: {
      buyers: questionOf(queryEndpoint, series),
      repurchase: questionOf(repurchaseEndpoint, repurchase),
      months: questionOf(repurchaseEndpoint, requests.repurchase_by_month),
      cohorts: questionOf(cohortsEndpoint, cohorts),
      cells: questionOf(rfmEndpoint, requests.cells),
      segments: questionOf(rfmEndpoint, segments),
      list: list_file && questionOf(rfmEndpoint, list_file),
    },
  }
}

/** Its panels once they have come. */
export type CustomersPanels = {
  rfm: Awaited<Awaited<ReturnType<typeof loadCustomers>>['rfm']>
  list: Awaited<Awaited<ReturnType<typeof loadCustomers>>['list']>
}
