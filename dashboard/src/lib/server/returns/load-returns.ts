import type { Language } from '#lib/format/intl.ts'
import type { SliceName } from '#lib/returns/narrowing.ts'
import { returnOutliersEndpoint } from '../api/return-outliers-endpoint.ts'
import { returnsEndpoint } from '../api/returns-endpoint.ts'
import { ask, askPanel, type PageWorld, questionOf } from '../ask.ts'
import { daysWithFacts } from '../overview/load-overview.ts'
import { panel, soon } from '../panels.ts'
import { productLabels } from '../product-labels.ts'
import { valueLabel } from '../words.ts'
import type { returnsRequests } from './returns-requests.ts'

type Requests = ReturnType<typeof returnsRequests>

/** Returns of the period and of the compared one, and beside each row the name that people know its value by. */
async function returnsOf(world: PageWorld, { returns, before }: Requests, by: SliceName, language: Language) {
  const [answer, compared] = await Promise.all([
    ask(world, returnsEndpoint, returns),
    before && ask(world, returnsEndpoint, before),
  ])
  return {
    answer,
    before: compared?.total,
    labels: answer.results.map(({ value, name }) => name || valueLabel(by, value, language)),
  }
}

async function namesOf(world: PageWorld, skus: string[]): Promise<Map<string, string>> {
  const label = await productLabels(world, skus)
  return new Map(skus.map((sku) => [sku, label(sku)]))
}

/** Asks for every panel of the returns page at once; beside each its question, for its file. */
export async function loadReturns(
  world: PageWorld,
  requests: Requests,
  { by, language, skus }: { by: SliceName; language: Language; skus: string[] },
) {
  const { outliers } = requests
  const panels = await soon({
    returns: panel(world.log, 'returns', returnsOf(world, requests, by, language)),
    outliers: outliers ? askPanel(world, returnOutliersEndpoint, outliers) : Promise.resolve(undefined),
    span: panel(world.log, 'span', daysWithFacts(world)),
    /** What the products are called that the page is narrowed to. */
    names: panel(world.log, 'names', namesOf(world, skus)),
  })
  return {
    ...panels,
    questions: {
      totals: questionOf(returnsEndpoint, requests.totals_file),
      days: questionOf(returnsEndpoint, requests.days_file),
      slices: questionOf(returnsEndpoint, requests.slices_file),
      outliers: outliers && questionOf(returnOutliersEndpoint, outliers),
    },
  }
}
