import { addDays, dayIn } from './days.ts'
import type { Days } from './period.ts'

/** A planned promotion, as pages know it: from its first instant to the first after it. */
export interface Campaign {
  id: string
  name: string
  type: string
  starts_at: string
  ends_at: string
}

const prefix = 'campaign:'

/** How an address names a campaign, as in `?period=campaign:double-11` and `?compare=campaign:double-11-2025`. */
export const campaignRef = ({ id }: { id: string }): string => prefix + id

/** The id of the campaign that an address names, if it names one. */
export const campaignNamed = (value: string | null): string | undefined =>
  value?.startsWith(prefix) ? value.slice(prefix.length) : undefined

/** The days of a store that a campaign touches. */
export const daysTouched = ({ starts_at, ends_at }: Pick<Campaign, 'starts_at' | 'ends_at'>, zone: string): Days => ({
  from: dayIn(zone, new Date(starts_at)),
  to: addDays(dayIn(zone, new Date(Date.parse(ends_at) - 1)), 1),
})
