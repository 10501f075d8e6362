import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { pastWindows } from './past-windows.ts'

const zone = 'Europe/Berlin'
const at = (text: string) => DateTime.fromISO(text, { zone })
const shown = (windows: ReturnType<typeof pastWindows>) =>
  windows.map(({ from, to }) => `${from.toFormat('MM-dd HH:mm')} ${to.toFormat('HH:mm')}`)

test('the same clock of the four weeks before, widened about its middle, also across a clock change', () => {
  const span = { from: at('2026-11-11T10:00'), to: at('2026-11-11T10:10') }
  expect(shown(pastWindows(span, [], 60))).toEqual([
    '11-04 09:35 10:35',
    '10-28 09:35 10:35',
    '10-21 09:35 10:35',
    '10-14 09:35 10:35',
  ])
  expect(shown(pastWindows(span, [], 0))[0]).toBe('11-04 10:00 10:10')
})

test('weeks of campaigns are left out, unless nothing else remains', () => {
  const span = { from: at('2026-11-11T10:00'), to: at('2026-11-11T11:00') }
  const week = { from: at('2026-11-01T00:00'), to: at('2026-11-08T00:00') }
  expect(shown(pastWindows(span, [week], 60))[0]).toBe('10-28 10:00 11:00')
  const always = { from: at('2026-01-01T00:00'), to: at('2026-12-01T00:00') }
  expect(shown(pastWindows(span, [always], 60))).toHaveLength(4)
})
