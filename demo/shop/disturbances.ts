import { dayOf, hour, startOf } from './calendar.ts'
import type { Source } from './sources.ts'

/** An evening on which a platform shows the shop to fewer people: days from the anchor, hours, and what is left. */
const throttled = { offset: -6, from: 18, to: 22, channel: 'douyin', left: 0.3 }

/** An hour and a half in which a way of paying often fails. */
const failing = { offset: -11, from: 10, to: 11.5, method: 'wechat_pay', failures: 0.45 }

const within = (anchor: number, at: number, { offset, from, to }: { offset: number; from: number; to: number }) => {
  const number = dayOf(at)
  if (number !== anchor + offset) return false
  const since = (at - startOf(number)) / hour
  return since >= from && since < to
}

/** The share of the visits of a source that still come at a moment. */
export const flowing = (anchor: number, source: Source, at: number): number =>
  source.channel === throttled.channel && within(anchor, at, throttled) ? throttled.left : 1

/** The share of attempts to pay that fail at a moment. */
export const paymentFailures = (anchor: number, method: string, at: number): number =>
  method === failing.method && within(anchor, at, failing) ? failing.failures : 0.045
