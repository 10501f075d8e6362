import { metricNames, metrics } from '@guanlan/warehouse/metrics/catalog'
import { getLocale } from '#lib/paraglide/runtime.js'

/** What metrics are called: in the reader's language, and in every one to be found by. */
export const GET = () => {
  const language = getLocale()
  return Response.json(
    metricNames.map((name) => ({
      name,
      label: metrics[name].label[language],
      keywords: [name, ...Object.values(metrics[name].label)],
    })),
  )
}
