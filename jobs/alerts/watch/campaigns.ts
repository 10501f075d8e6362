import type { Value } from '@guanlan/warehouse/settings/kinds'

export type Campaign = Value<'campaign'> & { id: string }

/** A bucket's place in a campaign. */
export interface InCampaign {
  campaign: Campaign
  /** Hours of lead and tail: before the beginning people wait, after the end they go. */
  isAround: boolean
  /** Milliseconds from its start to the middle of the bucket. */
  distance: number
}

const leadMs = 3_600_000
const tailMs = 2 * 3_600_000

/** The campaign that a stretch lies in, be it in part; of several the one that began last. */
export function campaignAt(campaigns: readonly Campaign[], start: number, end: number): InCampaign | undefined {
  let found: InCampaign | undefined
  for (const campaign of campaigns) {
    const [begins, ends] = [Date.parse(campaign.starts_at), Date.parse(campaign.ends_at)]
    if (end <= begins - leadMs || start >= ends + tailMs) continue
    const isAround = end <= begins || start >= ends
    const isLater = !found || begins > Date.parse(found.campaign.starts_at)
    if (!found || (found.isAround && !isAround) || (found.isAround === isAround && isLater)) {
      found = { campaign, isAround, distance: (start + end) / 2 - begins }
    }
  }
  return found
}
