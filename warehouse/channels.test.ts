import { expect, test } from 'vitest'
import { channelGroup, channelGroups, channelNames, channelOf, channels, placementOf } from './channels.ts'

test.each([
  ['nothing at all', {}, ''],
  ['an own referrer', { referrer_host: 'www.shop.cn', own_host: 'm.shop.cn' }, ''],
  ['an own referrer below com.cn', { referrer_host: 'a.shop.com.cn', own_host: 'shop.com.cn' }, ''],
  ['a cashier as referrer', { referrer_host: 'cashier.alipay.com', own_host: 'shop.cn' }, ''],
  ['a neighbour below com.cn', { referrer_host: 'rival.com.cn', own_host: 'shop.com.cn' }, 'referral'],
  ['a search engine as referrer', { referrer_host: 'm.baidu.com' }, 'baidu'],
  ['a search engine of a country', { referrer_host: 'www.google.com.hk' }, 'google'],
  ['the most exact host', { referrer_host: 'work.weixin.qq.com' }, 'wecom'],
  ['an article in WeChat', { referrer_host: 'mp.weixin.qq.com' }, 'wechat'],
  ['a site nobody knows', { referrer_host: 'blog.example.org' }, 'referral'],
  ['an alias of a source', { utm_source: 'XHS', utm_medium: 'cpc' }, 'xiaohongshu'],
  ['a Chinese source', { utm_source: '抖音', utm_medium: '直播' }, 'douyin'],
  ['a source written as a host', { utm_source: 'm.weibo.cn' }, 'weibo'],
  ['a source that is no platform, with a medium that tells', { utm_source: 'spring', utm_medium: 'email' }, 'email'],
  ['a source that is no platform', { utm_source: 'KOL Zhang', utm_medium: 'post' }, 'kol_zhang'],
  ['an id in place of a source', { utm_source: 'u8842310077' }, 'other'],
  ['a click id alone', { parameters: ['bd_vid'] }, 'baidu'],
  ['a campaign before a click id', { utm_source: 'weibo', parameters: ['gclid'] }, 'weibo'],
  [
    'a campaign on a link from the own site',
    { utm_source: 'sms', referrer_host: 'shop.cn', own_host: 'shop.cn' },
    'sms',
  ],
  ['a campaign without a source', { utm_campaign: '618' }, 'other'],
  ['a medium alone', { utm_medium: 'cpc' }, 'paid_search'],
])('%s', (_, origin, channel) => {
  expect(channelOf(origin)).toBe(channel)
})

test('what was paid for is told by the medium', () => {
  expect(placementOf({ referrer_host: 'www.baidu.com' })).toEqual({
    channel: 'baidu',
    source: 'baidu',
    medium: 'organic',
  })
  expect(placementOf({ referrer_host: 'www.baidu.com', parameters: ['bd_vid'] }).medium).toBe('cpc')
  expect(placementOf({ referrer_host: 'zhihu.com' }).medium).toBe('referral')
})

test('a channel without a name of its own is public, and the arrays for SQL agree with the list', () => {
  expect(['douyin', 'wecom', 'direct', 'unattributed', 'kol_zhang'].map(channelGroup)).toEqual([
    'public',
    'private',
    'private',
    'unattributed',
    'public',
  ])
  expect(new Set(channelNames).size).toBe(channels.length)
  expect(channelGroups[channelNames.indexOf('email')]).toBe('private')
})

test('a referrer whose host no name server could know says nothing', () => {
  expect(placementOf({ referrer_host: `${'a.'.repeat(500_000)}cn` })).toEqual({ channel: '', source: '', medium: '' })
})
