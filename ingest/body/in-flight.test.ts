import { expect, test } from 'vitest'
import { InFlight } from './in-flight.ts'

test('bodies past the bound are sent away for a second, and taken when there is room again', () => {
  const inFlight = new InFlight(100)
  const first = inFlight.hold()
  const second = inFlight.hold()
  first.grow(50)
  first.grow(30)
  expect(() => second.grow(30)).toThrow(
    expect.objectContaining({ code: 'too_busy', status: 429, retryAfterSeconds: 1 }),
  )
  first.release()
  second.grow(30)
  expect(inFlight.bytes).toBe(30)
})

test('one that is alone is taken whatever its size', () => {
  const alone = new InFlight(100).hold()
  alone.grow(1000)
  expect(() => alone.grow(1000)).not.toThrow()
})

test('what has not arrived takes no room', () => {
  const inFlight = new InFlight(100)
  for (let request = 0; request < 1000; request++) inFlight.hold()
  expect(() => inFlight.hold().grow(100)).not.toThrow()
})
