/** paid GMV = visitors × buyers per visitor × spend per buyer, of one period. */
export interface Product {
  visitors: number
  buyers: number
  /** In ten-thousandths of the currency, an integer. */
  paid: number
}

export interface Contributions {
  visitors: number
  conversion_rate: number
  spend_per_buyer: number
}

/** The logarithmic mean of two positive numbers; of equal ones, the number. */
function logMean(a: number, b: number): number {
  if (Math.abs(a - b) <= 1e-12 * Math.max(a, b)) return (a + b) / 2
  return (a - b) / Math.log(a / b)
}

const none = (): Contributions => ({ visitors: 0, conversion_rate: 0, spend_per_buyer: 0 })

/**
 * The factor that made a product nothing: without visitors it is the visitors, without buyers the conversion, else the
 * spend. It is the limit of the split as that factor goes to zero and what is then unknown stays as in the other period.
 */
function vanished({ visitors, buyers }: Product): keyof Contributions {
  if (visitors === 0 && buyers === 0) return 'visitors'
  return buyers === 0 ? 'conversion_rate' : 'spend_per_buyer'
}

/** Makes rounded parts add up to the whole: what rounding left over goes to the largest part. */
function settle(parts: Contributions, change: number): Contributions {
  const rounded = {
    visitors: Math.round(parts.visitors),
    conversion_rate: Math.round(parts.conversion_rate),
    spend_per_buyer: Math.round(parts.spend_per_buyer),
  }
  const names = ['visitors', 'conversion_rate', 'spend_per_buyer'] as const
  const largest = names.reduce((a, b) => (Math.abs(rounded[b]) > Math.abs(rounded[a]) ? b : a))
  rounded[largest] += change - names.reduce((sum, name) => sum + rounded[name], 0)
  return {
    visitors: rounded.visitors + 0,
    conversion_rate: rounded.conversion_rate + 0,
    spend_per_buyer: rounded.spend_per_buyer + 0,
  }
}

/**
 * Splits the change of paid GMV into what each factor contributed, by the log-mean Divisia method (LMDI-I; Ang 2005, “The
 * LMDI approach to decomposition analysis”): L(new, old) · ln(factor new ÷ factor old). The parts add up to the change.
 *
 * A product of nothing takes its analytic limit: all of the change is the vanished factor's. Where there are buyers but
 * no visitors, traffic cannot explain anything and the conversion stands for the number of buyers; where there is money
 * but no buyer is known, all of it is spend.
 * @returns ten-thousandths of the currency, integers
 */
export function splitChange(now: Product, before: Product): Contributions {
  const change = now.paid - before.paid
  if (now.paid <= 0 || before.paid <= 0) {
    if (change === 0) return none()
    const empty = before.paid <= now.paid ? before : now
    return { ...none(), [vanished(empty)]: change }
  }
  if (now.buyers === 0 || before.buyers === 0) return { ...none(), spend_per_buyer: change }
  const weight = logMean(now.paid, before.paid)
  const byBuyers = weight * Math.log(now.buyers / before.buyers)
  const seen = now.visitors > 0 && before.visitors > 0
  const byVisitors = seen ? weight * Math.log(now.visitors / before.visitors) : 0
  return settle(
    {
      visitors: byVisitors,
      conversion_rate: byBuyers - byVisitors,
      spend_per_buyer: weight * Math.log(now.paid / now.buyers / (before.paid / before.buyers)),
    },
    change,
  )
}
