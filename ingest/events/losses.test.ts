import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestIngest, type TestIngest } from '../testing.ts'

let ingest: TestIngest
beforeAll(async () => {
  ingest = await openTestIngest()
})
afterAll(() => ingest.close())

const send = (lost: unknown) =>
  ingest.send('/v1/batch', { batch: [{ type: 'track', event: 'seen', anonymousId: 'v1' }], context: { lost } })
const told = async () =>
  (await ingest.world.metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('guanlan_tracker_lost'))

test('what a browser has lost is counted by its reason, and what is no reason counts nothing', async () => {
  expect(await told()).toEqual([])
  expect((await send('overflow,overflow,413,400,retries,')).status).toBe(200)
  for (const wrong of ['', 'constructor,<script>,5000,', 7, null, { overflow: 3 }]) {
    expect((await send(wrong)).status).toBe(200)
  }
  expect((await send('422,')).status).toBe(200)
  expect((await told()).toSorted()).toEqual([
    'guanlan_tracker_lost_total{store="main",reason="overflow"} 2',
    'guanlan_tracker_lost_total{store="main",reason="refused"} 2',
    'guanlan_tracker_lost_total{store="main",reason="retries"} 1',
    'guanlan_tracker_lost_total{store="main",reason="too_large"} 1',
  ])
  expect(await (await ingest.app.request('/readyz')).json()).toMatchObject({ tracker: { lost: 6 } })
})

test('nobody adds more in one message than a tracker can remember', async () => {
  await send('overflow,'.repeat(100_000))
  const [line = ''] = (await told()).filter((each) => each.includes('overflow'))
  expect(Number(line.split(' ')[1])).toBeLessThan(1200)
})
