import { expect, test } from 'vitest'
import { readDemoEnv } from './env.ts'

const given = { SERVER_KEY: 'key' }

test('a shop is the first one, around today, with ninety days, unless it is told otherwise', () => {
  expect(readDemoEnv(given)).toMatchObject({ DEMO_SEED: 1, DEMO_DAYS: 90, DEMO_PORT: 4200 })
  expect(readDemoEnv(given).DEMO_ANCHOR).toBeUndefined()
  const told = { DEMO_SEED: '7', DEMO_ANCHOR: '2026-11-20', DEMO_DAYS: '3' }
  expect(readDemoEnv({ ...given, ...told })).toMatchObject({ DEMO_SEED: 7, DEMO_ANCHOR: '2026-11-20', DEMO_DAYS: 3 })
})

test('wrong values are named in one sentence each', () => {
  expect(() => readDemoEnv({ ...given, DEMO_SEED: 'x', DEMO_ANCHOR: 'today', DEMO_DAYS: '0' })).toThrow(
    'DEMO_SEED is wrong: it must be a whole number from 0 to 4294967295. DEMO_ANCHOR is wrong: it must be a day, as in 2026-11-20. DEMO_DAYS is wrong: it must be a number of days, 1 to 180.',
  )
})
