import type { ContactPointType } from '@guanlan/warehouse/alerts/address'
import type { Sender } from '../sender.ts'
import { dingtalk } from './dingtalk.ts'
import { email } from './email.ts'
import { feishu } from './feishu.ts'
import { slack } from './slack.ts'
import { sms } from './sms.ts'
import { webhook } from './webhook.ts'
import { wecom } from './wecom.ts'

/** How each type of contact point is reached. */
export const senders: { [Type in ContactPointType]: Sender<Type> } = {
  ...{ wecom, dingtalk, feishu, slack, email, webhook, sms },
}

/** How many messages one address takes in how long, as its maker says or as is decent; whether many may be told in one. */
export const limits: Record<ContactPointType, { count: number; ms: number; isMerged: boolean }> = {
  // 20 a minute, and a second more for those that are late on their way.
  wecom: { count: 20, ms: 61_000, isMerged: true },
  dingtalk: { count: 20, ms: 61_000, isMerged: true },
  // 100 a minute and 5 a second.
  feishu: { count: 60, ms: 61_000, isMerged: true },
  // One a second.
  slack: { count: 30, ms: 61_000, isMerged: true },
  email: { count: 30, ms: 60_000, isMerged: true },
  // Programs want each by itself, in order.
  webhook: { count: 300, ms: 60_000, isMerged: false },
  sms: { count: 6, ms: 60_000, isMerged: true },
}
