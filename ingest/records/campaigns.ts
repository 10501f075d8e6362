import { fromClickHouse } from '@guanlan/warehouse/instant'
import { kinds, type Value } from '@guanlan/warehouse/settings/kinds'
import { campaignTypes } from '@guanlan/warehouse/settings/planning'
import { z } from 'zod'
import { BadField, explain } from '../events/field-problem.ts'
import { dayMs } from '../time.ts'
import { id, moment } from './fields.ts'

const instant = moment.transform(fromClickHouse)

/** A campaign as the system that plans it writes it. Campaigns are settings: people change them too. */
export const campaignBody = z.object({
  campaign_id: id,
  name: z.string('must be a text'),
  type: z.enum(campaignTypes, `must be one of ${campaignTypes.join(', ')}`),
  starts_at: instant,
  /** The first instant after it. */
  ends_at: instant,
  utm_campaigns: z.array(z.string('must be a text'), 'must be a list of texts').nullish(),
  note: z.string('must be a text').nullish(),
  updated_at: instant,
})

/**
 * The setting of a record.
 * @throws BadField for what the setting does not allow, or a version from the future
 */
export function campaignOf(
  record: z.output<typeof campaignBody>,
  receivedAt: number,
): { id: string; updatedAt: string; value: Value<'campaign'> } {
  const { campaign_id, utm_campaigns, note, ...rest } = record
  if (Date.parse(rest.updated_at) > receivedAt + dayMs) {
    throw new BadField('time_in_future', 'updated_at', 'lies more than a day in the future')
  }
  const written = { ...rest, utm_campaigns: utm_campaigns ?? [], note: note ?? '' }
  const parsed = kinds.campaign.safeParse(written)
  if (parsed.success) return { id: campaign_id, updatedAt: rest.updated_at, value: parsed.data }
  const { code, path, message } = explain(parsed.error, written)
  throw new BadField(code, path, message)
}
