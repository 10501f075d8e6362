/** A bucket of a series; what is not known is null. */
export interface Point {
  /** ISO 8601 */
  at: string
  actual: number | null
  expected: number | null
  lower: number | null
  upper: number | null
}

interface Drawing {
  points: readonly Point[]
  /** What is marked as the incident. */
  span: { from: string; to: string }
  time_zone: string
  /** Whether the buckets are days. */
  isDaily: boolean
  isRatio: boolean
}

const size = { width: 640, height: 260 }
const plot = { left: 56, right: 624, top: 30, bottom: 228 }
const colors = { actual: '#1c7ed6', expected: '#868e96', band: '#e7f0fa', incident: '#fff0f0', edge: '#fa5252', text: '#495057', grid: '#e9ecef' } // biome-ignore format: a list

/** 1, 2 or 5 times a power of ten: three to five of it reach the top. */
function stepOf(top: number): number {
  const power = 10 ** Math.floor(Math.log10(top / 4))
  return power * ([1, 2, 5].find((factor) => top / (factor * power) <= 5) ?? 10)
}

const numbers = (isRatio: boolean) =>
  new Intl.NumberFormat('en', isRatio ? { style: 'percent', maximumFractionDigits: 1 } : { notation: 'compact' })

const times = (time_zone: string, isDaily: boolean) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: time_zone,
    ...(isDaily
      ? ({ month: '2-digit', day: '2-digit' } as const)
      : ({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const)),
  })

const round = (value: number) => Math.round(value * 10) / 10

type Placed = [x: number, y: number]

/** Lines through what is known, broken where nothing is. */
function pathOf(places: readonly (Placed | undefined)[]): string {
  let isOpen = false
  return places
    .map((place) => {
      const command = isOpen ? 'L' : 'M'
      isOpen = place !== undefined
      return place ? `${command}${place.join(' ')}` : ''
    })
    .join('')
}

/**
 * A series before and during an incident, with what was expected: 640 × 260, in digits and Latin letters, so that no font
 * of Chinese is needed. Pure.
 */
export function incidentSvg({ points, span, time_zone, isDaily, isRatio }: Drawing): string {
  const starts = points.map(({ at }) => Date.parse(at))
  const [first = 0, second = first + 1] = starts
  const last = (starts.at(-1) ?? first) + (second - first)
  const values = points.flatMap(({ actual, expected, upper }) => [actual ?? 0, expected ?? 0, upper ?? 0])
  const highest = Math.max(...values, isRatio ? 0.01 : 1)
  const step = stepOf(highest)
  const top = Math.ceil(highest / step) * step
  const x = (ms: number) => {
    const share = Math.min(1, Math.max(0, (ms - first) / (last - first)))
    return round(plot.left + share * (plot.right - plot.left))
  }
  const y = (value: number) => round(plot.bottom - (Math.max(0, value) / top) * (plot.bottom - plot.top))
  const middle = (last - first) / Math.max(1, points.length) / 2
  const placed = (name: 'actual' | 'expected' | 'lower' | 'upper') =>
    points.map((point, at): Placed | undefined => {
      const value = point[name]
      return value === null ? undefined : [x((starts[at] ?? 0) + middle), y(value)]
    })
  const known = (name: 'lower' | 'upper') => placed(name).filter((place) => place !== undefined)
  const band = [...known('upper'), ...known('lower').toReversed()].map((place) => place.join(',')).join(' ')
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, at) => at * step)
  const label = numbers(isRatio)
  const clock = times(time_zone, isDaily)
  const every = Math.max(1, Math.ceil(points.length / 6))
  const [from, to] = [x(Date.parse(span.from)), x(Date.parse(span.to))]
  const text = (at: Placed, anchor: string, content: string, fill = colors.text) =>
    `<text x="${at[0]}" y="${at[1]}" text-anchor="${anchor}" font-size="11" font-family="Roboto" fill="${fill}">${content}</text>`
  const line = (path: string, color: string, more = '') =>
    path === ''
      ? ''
      : `<path d="${path}" fill="none" stroke="${color}" stroke-width="2" stroke-linejoin="round"${more}/>`
  const hasExpected = points.some(({ expected }) => expected !== null)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">`,
    `<rect width="${size.width}" height="${size.height}" fill="#ffffff"/>`,
    `<rect x="${from}" y="${plot.top}" width="${round(Math.max(2, to - from))}" height="${plot.bottom - plot.top}" fill="${colors.incident}"/>`,
    `<path d="M${from} ${plot.top}V${plot.bottom}" stroke="${colors.edge}" stroke-dasharray="3 3"/>`,
    ...ticks.flatMap((value) => [
      `<path d="M${plot.left} ${y(value)}H${plot.right}" stroke="${colors.grid}"/>`,
      text([plot.left - 6, y(value) + 4], 'end', label.format(value)),
    ]),
    ...points.flatMap(({ at }, index) =>
      index % every === 0 ? [text([x(Date.parse(at)), plot.bottom + 18], 'start', clock.format(new Date(at)))] : [],
    ),
    band === '' ? '' : `<polygon points="${band}" fill="${colors.band}"/>`,
    line(pathOf(placed('expected')), colors.expected, ' stroke-dasharray="5 4"'),
    line(pathOf(placed('actual')), colors.actual),
    text([plot.left, 18], 'start', 'actual', colors.actual),
    hasExpected ? text([plot.left + 48, 18], 'start', 'expected', colors.expected) : '',
    '</svg>',
  ].join('')
}
