import { presetRules } from '@guanlan/warehouse/alerts/presets'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { beforeAll, expect, test } from 'vitest'
import { poisson, random, shopping, start } from '../../detect/series.ts'
import { type Campaign, campaignAt } from './campaigns.ts'
import type { Judged } from './judged.ts'
import type { Rule } from './series.ts'
import { SeriesWatch } from './series-watch.ts'
import { watchOptions } from './watched-series.ts'

/** A shop of 60 visits a minute on average over a day and week, with a rush twice a day. */
const shares = { douyin: 0.35, baidu: 0.2, wecom: 0.15, direct: 0.15, kuaishou: 0.1, email: 0.05 }
const channels = Object.keys(shares) as (keyof typeof shares)[]
const level = (at: number) => (60 * shopping(at)) / 0.6
const dayMinutes = 1440
const warm = 35 * dayMinutes
const quiet = 14 * dayMinutes

const ruleOf = (preset: string): Rule => {
  const value = kinds.rule.parse(presetRules.get(`preset_${preset}`))
  return { store_id: 's', id: preset, version: 1, actor: 'test', at: '', value }
}
const optionsOf = (preset: string, count = 1) => watchOptions(ruleOf(preset), count)

type Shop = Record<string, { watch: SeriesWatch; preset: string; count: number }>
const newShop = (): Shop => {
  const one = (preset: string, count = 1) => ({ watch: new SeriesWatch(optionsOf(preset, count)), preset, count })
  return {
    ...Object.fromEntries(channels.map((channel) => [channel, one('traffic_channel', channels.length)])),
    ...{ traffic: one('traffic'), conversion: one('conversion'), gmv: one('gmv'), payment: one('payment_failures') },
    ...{ exceptions: one('order_exceptions'), refunds: one('refunds') },
  }
}
/** The same shop in another process. */
const copyOf = (shop: Shop): Shop =>
  Object.fromEntries(
    Object.entries(shop).map(([name, { watch, preset, count }]) => [
      name,
      { watch: new SeriesWatch(optionsOf(preset, count), watch.save()), preset, count },
    ]),
  )

interface World {
  next: () => number
  campaigns?: Campaign[]
  /** Whether a minute is one of a public holiday, as Thursday is like the Sunday after it. */
  isHoliday?: (minute: number) => boolean
  /** By how much a channel's visits are multiplied at a minute. */
  factor?: (channel: string, minute: number) => number
}

const holiday = { day: '2026-10-01', shift: 3 * 86_400_000, holiday: undefined, distance: 0 }

/** Plays minutes of the shop and gives every alarm. */
function play(
  shop: Shop,
  from: number,
  to: number,
  { next, campaigns = [], isHoliday = () => false, factor = () => 1 }: World,
) {
  const alarms: { series: string; minute: number; judged: Judged }[] = []
  let hour = { visits: 0, buyers: 0, money: 0 }
  let five = { checkouts: 0, failures: 0 }
  for (let minute = from; minute < to; minute += 1) {
    const at = start + minute * 60
    const see = (series: string, minutes: number, value: number | null, denominator?: number) => {
      const bucket = { start: (at + 60 - minutes * 60) * 1000, end: (at + 60) * 1000 }
      const within = campaignAt(campaigns, bucket.start, bucket.end)
      const campaign = within && { ...within, uplift: 1 }
      const judged = shop[series]?.watch.observe(
        { ...bucket, value, denominator },
        { campaign, oddDay: isHoliday(minute) ? holiday : undefined },
      )
      if (judged?.opened) alarms.push({ series, minute, judged })
    }
    let visits = 0
    for (const channel of channels) {
      const came = poisson(level(at) * shares[channel] * factor(channel, minute), next)
      visits += came
      see(channel, 1, came)
    }
    see('traffic', 1, visits)
    const buyers = poisson(visits * 0.03, next)
    hour = { visits: hour.visits + visits, buyers: hour.buyers + buyers, money: hour.money }
    for (let one = 0; one < buyers; one += 1) hour.money += 60 + 180 * next() ** 2
    const checkouts = poisson(visits * 0.05, next)
    five = { checkouts: five.checkouts + checkouts, failures: five.failures + poisson(checkouts * 0.04, next) }
    if (minute % 5 === 4) {
      see('payment', 5, five.checkouts > 0 ? five.failures / five.checkouts : null, five.checkouts)
      five = { checkouts: 0, failures: 0 }
    }
    if (minute % 60 === 59) {
      see('conversion', 60, hour.visits > 0 ? hour.buyers / hour.visits : null, hour.visits)
      see('gmv', 60, hour.money, hour.buyers)
      see('exceptions', 60, poisson(0.4, next))
      see('refunds', 60, poisson(hour.buyers * 0.05, next))
      hour = { visits: 0, buyers: 0, money: 0 }
    }
  }
  return alarms
}

let shop: Shop
let falseAlarms: string[]
beforeAll(() => {
  shop = newShop()
  const next = random(20_261_111)
  play(shop, 0, warm, { next })
  falseAlarms = play(shop, warm, warm + quiet, { next }).map(({ series, minute }) => `${series} ${minute}`)
}, 120_000)

test('in fourteen quiet days all ready-made rules together raise at most two alarms', () => {
  expect(falseAlarms.length).toBeLessThanOrEqual(2)
})

/** A Thursday; noon of the store's clock in UTC. */
const today = warm + quiet
const noon = today + 12 * 60

test('a channel that loses 70 % is told within three minutes, the whole shop not before it', () => {
  const changed = copyOf(shop)
  const next = random(7)
  play(changed, today, noon, { next })
  const factor = (channel: string) => (channel === 'douyin' ? 0.3 : 1)
  const alarms = play(changed, noon, noon + 10, { next, factor })
  expect(alarms[0]).toMatchObject({ series: 'douyin', judged: { opened: { finding: 'drop' } } })
  expect((alarms[0]?.minute ?? 99) - noon + 1).toBeLessThanOrEqual(3)
})

const campaign = (hours: number): Campaign => ({
  ...{ id: '1111', name: 'Double 11', type: 'promotion', utm_campaigns: [], note: '' },
  starts_at: new Date((start + today * 60 + 20 * 3600) * 1000).toISOString(),
  ends_at: new Date((start + today * 60 + (20 + hours) * 3600) * 1000).toISOString(),
})
const begins = today + 20 * 60
/** A rush in the first quarter of an hour, then three times the usual. */
const promotion = (minute: number) => {
  const since = minute - begins
  if (since < 0 || since >= dayMinutes) return 1
  return since < 5 ? 8 : since < 15 ? 6 : since < 60 ? 4 : 3
}

test('a planned promotion raises nothing, neither while it runs nor in the two days after it', () => {
  const changed = copyOf(shop)
  const world = {
    next: random(87_109),
    campaigns: [campaign(24)],
    factor: (_: string, minute: number) => promotion(minute),
  }
  expect(play(changed, today, begins + 3 * dayMinutes, world).map(({ series }) => series)).toEqual([])
}, 60_000)

test('a channel that dies in the middle of a promotion is told, alone of all channels', () => {
  const changed = copyOf(shop)
  const dies = begins + 3 * 60
  const factor = (channel: string, minute: number) =>
    promotion(minute) * (channel === 'douyin' && minute >= dies ? 0.1 : 1)
  const alarms = play(changed, today, dies + 30, { next: random(13), campaigns: [campaign(24)], factor })
  expect(alarms.map(({ series }) => series)).toEqual(['douyin'])
  expect((alarms[0]?.minute ?? 0) - dies).toBeLessThan(10)
})

test('a holiday with 30 % less raises nothing, nor does the day after it, and on a Thursday that were none it would', () => {
  const day = (isHoliday: boolean) => {
    const changed = copyOf(shop)
    const off = (minute: number) => minute < today + dayMinutes
    const factor = (_: string, minute: number) => (off(minute) ? 0.7 : 1)
    const alarms = play(changed, today, today + 2 * dayMinutes, { next: random(20_261_001), factor, ...(isHoliday && { isHoliday: off }) }) // biome-ignore format: one world
    return [...new Set(alarms.map(({ series }) => series))]
  }
  expect(day(true)).toEqual([])
  expect(day(false)).toContain('traffic')
}, 60_000)

test('a holiday on which a channel loses 80 % at noon is told within ten minutes, that channel first', () => {
  const changed = copyOf(shop)
  const factor = (channel: string, minute: number) => (channel === 'douyin' && minute >= noon ? 0.2 : 1)
  const alarms = play(changed, today, noon + 30, { next: random(20_261_002), factor, isHoliday: () => true })
  expect(alarms[0]).toMatchObject({ series: 'douyin', judged: { opened: { finding: 'drop' } } })
  expect((alarms[0]?.minute ?? 99) - noon + 1).toBeLessThanOrEqual(10)
})

test('a watch that goes on in another process judges as if nothing had happened', () => {
  const [one, other] = [copyOf(shop), copyOf(shop)]
  const judged = (series: Shop, minutes: number[]) => {
    const next = random(17)
    return minutes.flatMap((minute) => {
      const at = (start + (today + minute) * 60) * 1000
      const seen = { start: at, end: at + 60_000, value: poisson(20, next) }
      return series.douyin?.watch.observe(seen) ?? []
    })
  }
  const minutes = Array.from({ length: 50 }, (_, at) => at)
  expect(judged(copyOf(one), minutes)).toEqual(judged(other, minutes))
})
