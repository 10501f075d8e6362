import { channelOfHost, clickIds, ownReferrers, sourceAliases } from './channel-signs.ts'

/** public: other people's platforms bring the visitor; private: the shop reaches a person it already knows. */
export type ChannelGroup = 'public' | 'private' | 'unattributed'

export interface Channel {
  name: string
  group: ChannelGroup
  label: { en: string; zh: string }
}

const named = (group: ChannelGroup, names: Record<string, [en: string, zh: string]>): Channel[] =>
  Object.entries(names).map(([name, [en, zh]]) => ({ name, group, label: { en, zh } }))

/**
 * The channels that have a name of their own. A channel says where a visitor came from; whether it was paid for is the
 * medium. A source that is not here becomes a channel under its own slug, and such a channel is public.
 */
export const channels: readonly Channel[] = [
  ...named('public', {
    baidu: ['Baidu', '百度'],
    sogou: ['Sogou', '搜狗'],
    so360: ['360 Search', '360 搜索'],
    shenma: ['Shenma', '神马'],
    bing: ['Bing', '必应'],
    google: ['Google', '谷歌'],
    yahoo: ['Yahoo', '雅虎'],
    duckduckgo: ['DuckDuckGo', 'DuckDuckGo'],
    yandex: ['Yandex', 'Yandex'],
    naver: ['Naver', 'Naver'],
    douyin: ['Douyin', '抖音'],
    kuaishou: ['Kuaishou', '快手'],
    xiaohongshu: ['Xiaohongshu', '小红书'],
    weibo: ['Weibo', '微博'],
    bilibili: ['Bilibili', '哔哩哔哩'],
    zhihu: ['Zhihu', '知乎'],
    toutiao: ['Toutiao', '今日头条'],
    douban: ['Douban', '豆瓣'],
    wechat_channels: ['WeChat Channels', '视频号'],
    tencent_ads: ['Tencent Ads', '腾讯广告'],
    qq: ['QQ', 'QQ'],
    tiktok: ['TikTok', 'TikTok'],
    youtube: ['YouTube', 'YouTube'],
    facebook: ['Facebook', 'Facebook'],
    instagram: ['Instagram', 'Instagram'],
    x: ['X', 'X'],
    pinterest: ['Pinterest', 'Pinterest'],
    reddit: ['Reddit', 'Reddit'],
    linkedin: ['LinkedIn', '领英'],
    tmall: ['Tmall', '天猫'],
    taobao: ['Taobao', '淘宝'],
    alibaba1688: ['1688', '1688'],
    jd: ['JD', '京东'],
    pinduoduo: ['Pinduoduo', '拼多多'],
    vipshop: ['Vipshop', '唯品会'],
    suning: ['Suning', '苏宁易购'],
    meituan: ['Meituan', '美团'],
    dewu: ['Dewu', '得物'],
    smzdm: ['SMZDM', '什么值得买'],
    amazon: ['Amazon', '亚马逊'],
    ebay: ['eBay', 'eBay'],
    aliexpress: ['AliExpress', '速卖通'],
    shopee: ['Shopee', 'Shopee'],
    lazada: ['Lazada', 'Lazada'],
    live: ['Live streams', '直播'],
    affiliate: ['Affiliates', '联盟推广'],
    display: ['Display ads', '展示广告'],
    paid_search: ['Paid search, other', '其他付费搜索'],
    social: ['Social, other', '其他社交'],
    offline: ['Offline', '线下'],
    referral: ['Other sites', '外部链接'],
    other: ['Other sources', '其他来源'],
  }),
  ...named('private', {
    wecom: ['WeCom', '企业微信'],
    wechat: ['WeChat', '微信'],
    mini_program: ['Mini program', '小程序'],
    community: ['Community', '社群'],
    sms: ['SMS', '短信'],
    email: ['E-mail', '邮件'],
    push: ['Push', '推送'],
    app: ['App', 'App'],
    direct: ['Direct', '直接访问'],
  }),
  ...named('unattributed', { unattributed: ['Unattributed', '未归因'] }),
]

const groups = new Map(channels.map((channel) => [channel.name, channel.group]))

/** The group of any channel; one without a name of its own is public. */
export const channelGroup = (name: string): ChannelGroup => groups.get(name) ?? 'public'

/**
 * The same in SQL, as two parallel arrays.
 * @example `transform(channel, {channel_names:Array(String)}, {channel_groups:Array(String)}, 'public')`
 */
export const channelNames: readonly string[] = channels.map((channel) => channel.name)
export const channelGroups: readonly ChannelGroup[] = channels.map((channel) => channel.group)

/** What an event says of where its visitor came from; everything may be missing. */
export interface Origin {
  utm_source?: string | undefined
  utm_medium?: string | undefined
  utm_campaign?: string | undefined
  /** The names of the landing page's query parameters, among which are the click ids of ad platforms. */
  parameters?: Iterable<string> | undefined
  /** Hosts without port, in lower case. */
  referrer_host?: string | undefined
  own_host?: string | undefined
}

export interface Placement {
  /** '' when nothing is said of the origin: no campaign, and a referrer that is absent or the shop's own. */
  channel: string
  source: string
  medium: string
}

/** No name of the DNS is longer; what is, was made up. */
const longestHost = 253

const nowhere: Placement = { channel: '', source: '', medium: '' }

/** A medium decides where the source is no platform: utm_source=newsletter&utm_medium=email is e-mail. */
const byMedium: [RegExp, string][] = [
  [/^(e-?mail|edm|newsletter)$/, 'email'],
  [/^(sms|mms|短信)$/, 'sms'],
  [/^(push|web_?push|app_?push|notification)$/, 'push'],
  [/^(wecom|qywx|企业微信)$/, 'wecom'],
  [/^(community|group|社群)$/, 'community'],
  [/^(mini_?program|miniapp|小程序)$/, 'mini_program'],
  [/^(live|livestream|直播)$/, 'live'],
  [/^(affiliate|affiliates|cps|partner)$/, 'affiliate'],
  [/^(display|banner|cpm)$/, 'display'],
  [/^(offline|qr|qrcode|二维码)$/, 'offline'],
]

const byMediumWithoutSource: [RegExp, string][] = [
  [/^(cpc|ppc|sem|paid_?search)$/, 'paid_search'],
  [/^(social|social-network|sm|paid_?social)$/, 'social'],
]

const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')

/** A slug that a person would have typed. Anything longer is an id, and would make a channel of every visit. */
const isName = (text: string) => text.length <= 32 && !/\d{5}/.test(text)

const channelOfSource = (source: string, medium: string): string => {
  const platform =
    sourceAliases.get(source) ?? (groups.has(source) ? source : channelOfHost(source.replaceAll('_', '.')))
  if (platform) return platform
  const told = byMedium.find(([pattern]) => pattern.test(medium))?.[1]
  if (told) return told
  return source !== '' && isName(source) ? source : 'other'
}

/** The domain that somebody registered: two labels, or three below suffixes such as `com.cn` and `co.uk`. */
function registeredDomain(host: string): string {
  const labels = host.split('.')
  const second = labels.at(-2) ?? ''
  const isSuffix =
    labels.length > 2 && /^(com|co|net|org|gov|edu|ac|or|ne)$/.test(second) && labels.at(-1)?.length === 2
  return labels.slice(isSuffix ? -3 : -2).join('.')
}

const isOwn = (host: string, own: string | undefined) =>
  own !== undefined && own !== '' && (host === own || registeredDomain(host) === registeredDomain(own))

const clickIdOf = (parameters: Iterable<string>) => {
  for (const parameter of parameters) {
    const click = clickIds.get(parameter.toLowerCase())
    if (click) return click
  }
  return undefined
}

const searches = new Set('baidu sogou so360 shenma bing google yahoo duckduckgo yandex naver'.split(' '))

/**
 * Where an event's visitor came from. A campaign's parameters come before the click id of an ad platform, and that
 * before the referrer.
 */
export function placementOf(origin: Origin): Placement {
  const source = slug(origin.utm_source ?? '')
  const medium = slug(origin.utm_medium ?? '')
  const click = clickIdOf(origin.parameters ?? [])
  if (source !== '')
    return { channel: channelOfSource(source, medium), source, medium: medium || (click?.medium ?? '') }
  if (click) return { channel: click.channel, source: click.channel, medium: medium || click.medium }
  if (medium !== '') {
    const told = [...byMedium, ...byMediumWithoutSource].find(([pattern]) => pattern.test(medium))?.[1]
    if (told) return { channel: told, source: '', medium }
  }
  const host = origin.referrer_host ?? ''
  if (
    host === '' ||
    host.length > longestHost ||
    isOwn(host, origin.own_host) ||
    ownReferrers.has(registeredDomain(host))
  ) {
    return origin.utm_campaign ? { channel: 'other', source: '', medium } : nowhere
  }
  const platform = channelOfHost(host)
  if (!platform) return { channel: 'referral', source: host, medium: medium || 'referral' }
  return { channel: platform, source: platform, medium: medium || (searches.has(platform) ? 'organic' : 'referral') }
}

/** The channel alone. */
export const channelOf = (origin: Origin): string => placementOf(origin).channel
