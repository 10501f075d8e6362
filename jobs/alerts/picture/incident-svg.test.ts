import { expect, test } from 'vitest'
import { incidentSvg, type Point } from './incident-svg.ts'
import { pngOf } from './png-of.ts'

const start = Date.parse('2026-11-11T02:00:00Z')
const points = (count: number): Point[] =>
  Array.from({ length: count }, (_, at) => {
    const isIn = at >= 7
    const known = isIn ? { expected: 1000, lower: 800, upper: 1200 } : { expected: null, lower: null, upper: null }
    return { at: new Date(start + at * 300_000).toISOString(), actual: at === 3 ? null : isIn ? 380 : 1000, ...known }
  })
const span = { from: '2026-11-11T02:35:00Z', to: '2026-11-11T02:50:00Z' }
const drawing = { points: points(10), span, time_zone: 'Asia/Shanghai', isDaily: false, isRatio: false }

test('a series is drawn with its gap, what was expected, its band and the incident', () => {
  const svg = incidentSvg(drawing)
  // Ten buckets of 56.8 from 56 on; 1,500 at the top, y = 30, and 0 at the bottom, 228.
  expect(svg).toContain(
    '<path d="M84.4 96L141.2 96L198 96M311.6 96L368.4 96L425.2 96L482 177.8L538.8 177.8L595.6 177.8" fill="none" stroke="#1c7ed6"',
  )
  expect(svg).toContain('<path d="M482 96L538.8 96L595.6 96" fill="none" stroke="#868e96"')
  expect(svg).toContain('<polygon points="482,69.6 538.8,69.6 595.6,69.6 595.6,122.4 538.8,122.4 482,122.4"')
  expect(svg).toContain('<rect x="453.6" y="30" width="170.4" height="198" fill="#fff0f0"/>')
  expect(svg.match(/>[^<]+<\/text>/g)?.map((text) => text.slice(1, -7))).toEqual([
    ...['0', '500', '1K', '1.5K', '10:00', '10:10', '10:20', '10:30', '10:40', 'actual', 'expected'],
  ])
})

test('what is not known is left out, days are told by their date, and nothing at all is drawn too', () => {
  const bare = points(3).map((point) => ({ ...point, expected: null, lower: null, upper: null }))
  const svg = incidentSvg({ ...drawing, points: bare, isDaily: true, isRatio: true })
  expect(svg).not.toContain('polygon')
  expect(svg).not.toContain('expected')
  expect(svg).toContain('>11/11<')
  expect(incidentSvg({ ...drawing, points: [] })).not.toContain('NaN')
  expect(incidentSvg({ ...drawing, points: points(1) })).not.toContain('NaN')
})

test('it becomes a PNG of 1280 × 520, small enough for any group', async () => {
  const png = await pngOf(incidentSvg(drawing))
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1280, 520])
  expect(png.length).toBeLessThan(100_000)
})
