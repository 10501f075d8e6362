import { kinds, type Value } from '@guanlan/warehouse/settings/kinds'
import { BadField, explain } from '../events/field-problem.ts'
import { dayMs } from '../time.ts'
import { campaignBody } from './campaigns.ts'
import { targetBody } from './targets.ts'

/** Kinds of setting that another system may plan; people change them too. */
export type PlanKind = 'campaign' | 'target'

/** A setting as a record tells it. */
export type Plan = { [Kind in PlanKind]: { kind: Kind; id: string; updatedAt: string; value: Value<Kind> } }[PlanKind]

/** Records that become settings instead of rows. */
export interface PlanRecords {
  fields: readonly string[]
  /** @throws BadField for what the record or its setting does not allow, or a version from the future */
  read: (record: unknown, receivedAt: number) => Plan
}

function notLater(updatedAt: string, receivedAt: number): string {
  if (Date.parse(updatedAt) <= receivedAt + dayMs) return updatedAt
  throw new BadField('time_in_future', 'updated_at', 'lies more than a day in the future')
}

function settingOf<Kind extends PlanKind>(kind: Kind, written: object): Value<Kind> {
  const parsed = kinds[kind].safeParse(written)
  if (parsed.success) return parsed.data as Value<Kind>
  throw badField(parsed.error, written)
}

function badField(...problem: Parameters<typeof explain>): BadField {
  const { code, path, message } = explain(...problem)
  return new BadField(code, path, message)
}

const campaigns: PlanRecords = {
  fields: Object.keys(campaignBody.shape),
  read(record, receivedAt) {
    const parsed = campaignBody.safeParse(record)
    if (!parsed.success) throw badField(parsed.error, record)
    const { campaign_id: id, utm_campaigns, note, ...rest } = parsed.data
    const updatedAt = notLater(rest.updated_at, receivedAt)
    const value = settingOf('campaign', { ...rest, utm_campaigns: utm_campaigns ?? [], note: note ?? '' })
    return { kind: 'campaign', id, updatedAt, value }
  },
}

const targets: PlanRecords = {
  fields: Object.keys(targetBody.shape),
  read(record, receivedAt) {
    const parsed = targetBody.safeParse(record)
    if (!parsed.success) throw badField(parsed.error, record)
    const { target_id: id, ...rest } = parsed.data
    return { kind: 'target', id, updatedAt: notLater(rest.updated_at, receivedAt), value: settingOf('target', rest) }
  },
}

export const planKinds: ReadonlyMap<string, PlanRecords> = new Map([
  ['campaigns', campaigns],
  ['targets', targets],
])
