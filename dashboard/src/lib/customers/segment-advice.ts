import type { Segment } from '@guanlan/warehouse/queries/rfm/contract'
import { m } from '#lib/paraglide/messages.js'

/** What to do with the customers of a segment, in one line. */
export const segmentAdvice: Record<Segment, () => string> = {
  champions: m.customers_advice_champions,
  loyal: m.customers_advice_loyal,
  potential_loyalist: m.customers_advice_potential_loyalist,
  new: m.customers_advice_new,
  need_attention: m.customers_advice_need_attention,
  about_to_sleep: m.customers_advice_about_to_sleep,
  cant_lose: m.customers_advice_cant_lose,
  at_risk: m.customers_advice_at_risk,
  hibernating: m.customers_advice_hibernating,
  lost: m.customers_advice_lost,
}
