import { expect, test } from 'vitest'
import { InFlight } from './in-flight.ts'

test('bodies past the bound are sent away for a second, and taken when there is room again', () => {
  const inFlight = new InFlight(100)
  const release = inFlight.hold(80)
  expect(() => inFlight.hold(30)).toThrow(
    expect.objectContaining({ code: 'too_busy', status: 429, retryAfterSeconds: 1 }),
  )
  release()
  inFlight.hold(30)
  expect(inFlight.bytes).toBe(30)
})

test('one that is alone is taken whatever its size', () => {
  expect(() => new InFlight(100).hold(1000)).not.toThrow()
})
