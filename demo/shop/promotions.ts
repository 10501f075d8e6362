import { day, hour, monthOf, startOf, writeDay } from './calendar.ts'

/** A promotion: presale from 20:00 nine days before its main day, coupons three days before, an after-wave of two days. */
export interface Promotion {
  id: string
  name: string
  /** The main day. */
  main: number
  /** How strongly it draws; 1 is the great one of the year. */
  size: number
}

const names = [
  '年货节',
  '新春焕新季',
  '春茶上新节',
  '春日踏青节',
  '五月居家节',
  '年中大促',
  '夏日清凉节',
  '开学焕新季',
  '中秋团圆节',
  '金秋好物节',
  '暖冬狂欢节',
  '年终答谢节',
]

/** The main days that are set, in days from the anchor; from the last one on there is one every so many days. */
const set: readonly (readonly [offset: number, size: number])[] = [
  [-70, 0.6],
  [-20, 1],
  [13, 0.7],
]
const every = 45
const later = 0.75

const before = 9
const after = 7

function at(main: number, size: number): Promotion {
  return {
    id: `promo-${writeDay(main).slice(0, 7)}`,
    name: `${writeDay(main).slice(0, 4)} ${names[monthOf(main) - 1]}`,
    main,
    size,
  }
}

/** By anchor, as far as they were asked for: lives ask a million times. */
const known = new Map<number, Promotion[]>()

function until(anchor: number, to: number): readonly Promotion[] {
  const found = known.get(anchor) ?? set.map(([offset, size]) => at(anchor + offset, size))
  known.set(anchor, found)
  for (let main = (found.at(-1) as Promotion).main + every; main <= to; main += every) found.push(at(main, later))
  return found
}

/** The promotions whose main day lies in the days given, the last one included. */
export const promotions = (anchor: number, from: number, to: number): Promotion[] =>
  until(anchor, to).filter(({ main }) => main >= from && main <= to)

/** What a day of the shop is like for a promotion that is near. */
export interface Tide {
  promotion: Promotion
  phase: 'presale' | 'coupons' | 'waiting' | 'main' | 'after' | 'calm'
  /** Of the visits of an ordinary day. */
  traffic: number
  /** Of an ordinary day's share of visits that end in an order. */
  conversion: number
  /** Visits that come on the stroke of an hour: share of the day's, and how long they last, in minutes. */
  strokes: readonly (readonly [hour: number, share: number, minutes: number])[]
}

type Step = readonly [phase: Tide['phase'], traffic: number, conversion: number, strokes: Tide['strokes']]

/** From the first day of the presale to the week after the main day, for a promotion of size 1. */
const steps: readonly Step[] = [
  ['presale', 1.75, 1.25, [[20, 0.2, 45]]],
  ['presale', 1.35, 1.05, []],
  ['presale', 1.2, 0.95, []],
  ['presale', 1.15, 0.9, []],
  ['presale', 1.15, 0.9, []],
  ['presale', 1.2, 0.85, []],
  [
    'coupons',
    1.7,
    0.95,
    [
      [10, 0.18, 30],
      [20, 0.06, 40],
    ],
  ],
  ['waiting', 1.3, 0.75, []],
  ['waiting', 1.5, 0.7, [[23, 0.07, 30]]],
  [
    'main',
    3.9,
    1.7,
    [
      [0, 0.17, 35],
      [20, 0.15, 50],
    ],
  ],
  ['after', 1.9, 1.35, []],
  ['after', 1.4, 1.15, [[20, 0.06, 60]]],
  ['calm', 0.88, 0.82, []],
  ['calm', 0.86, 0.82, []],
  ['calm', 0.9, 0.86, []],
  ['calm', 0.93, 0.9, []],
  ['calm', 0.97, 0.95, []],
]

const scaled = (factor: number, size: number) => 1 + (factor - 1) * size

export function tideOf(anchor: number, number: number): Tide | undefined {
  const promotion = until(anchor, number + before).find(({ main }) => main >= number - after && main <= number + before)
  if (!promotion) return undefined
  const [phase, traffic, conversion, strokes] = steps[number - promotion.main + before] as Step
  const { size } = promotion
  return { promotion, phase, strokes, traffic: scaled(traffic, size), conversion: scaled(conversion, size) }
}

/** When its parts begin and end. */
export const timesOf = ({ main }: Promotion) => ({
  presale: [startOf(main - before) + 20 * hour, startOf(main)],
  coupons: [startOf(main - 3) + 10 * hour, startOf(main + 1)],
  promotion: [startOf(main), startOf(main) + 3 * day],
})
