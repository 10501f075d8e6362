import { z } from 'zod'
import { timeZone } from '../instant.ts'
import { savedFunnel } from '../queries/funnel/contract.ts'
import { invitation, key, user } from './access.ts'
import { contactPoint, playbook, rule, silence } from './alerting.ts'
import { annotation, campaign, target } from './planning.ts'
import { tracking } from './tracking.ts'

const store = z.object({
  name: z.string().min(1).max(120),
  time_zone: timeZone,
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in CNY'),
  /** Whether the sender's session ids make the sessions, instead of the 30-minute gap. */
  trusts_sender_sessions: z.boolean().default(false),
})

/** The kinds of setting and the shape of each: one place for all of them. */
export const kinds = {
  ...{ store, key, user, invitation, campaign, annotation, target, funnel: savedFunnel },
  ...{ rule, contact_point: contactPoint, silence, playbook, tracking },
}
export type Kind = keyof typeof kinds
export type Value<K extends Kind> = z.output<(typeof kinds)[K]>
