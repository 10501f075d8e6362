import type { Words } from './metric.ts'

/** Whether a channel is rented from a platform or the shop’s own: 公域 or 私域. */
export type ChannelGroup = 'public' | 'private'

/** Where a session comes from: the names that ingest gives, and the group of each. */
export const channels: Readonly<Record<string, { group: ChannelGroup; label: Words }>> = {
  search: { group: 'public', label: { en: 'Search', zh: '搜索' } },
  ads: { group: 'public', label: { en: 'Ads', zh: '广告' } },
  marketplace: { group: 'public', label: { en: 'Marketplace', zh: '电商平台' } },
  content: { group: 'public', label: { en: 'Content', zh: '内容' } },
  live: { group: 'public', label: { en: 'Live streams', zh: '直播' } },
  social: { group: 'public', label: { en: 'Social', zh: '社交媒体' } },
  referral: { group: 'public', label: { en: 'Referral', zh: '外链' } },
  affiliate: { group: 'public', label: { en: 'Affiliates', zh: '联盟分销' } },
  wecom: { group: 'private', label: { en: 'WeCom', zh: '企业微信' } },
  community: { group: 'private', label: { en: 'Community', zh: '社群' } },
  mini_program: { group: 'private', label: { en: 'Mini-program', zh: '小程序' } },
  email: { group: 'private', label: { en: 'E-mail', zh: '邮件' } },
  sms: { group: 'private', label: { en: 'SMS', zh: '短信' } },
  direct: { group: 'private', label: { en: 'Direct', zh: '直接访问' } },
}

const names = Object.keys(channels)
const quoted = (words: string[]) => `[${words.map((word) => `'${word}'`).join(', ')}]`

/** SQL: the group of the column `channel`; `unattributed` stays visible, a name that we do not know is `other`. */
export const channelGroupSql = `transform(channel, ${quoted([...names, 'unattributed'])}, ${quoted([
  ...names.map((name) => channels[name]?.group ?? 'other'),
  'unattributed',
])}, 'other')`
