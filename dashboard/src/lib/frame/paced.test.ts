import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { within } from '../within.ts'
import { paced } from './paced.ts'

test('a burst is done at once and once more afterwards, never twice at a time', async () => {
  let begun = 0
  let ended = 0
  const ask = paced(async () => {
    expect(begun++).toBe(ended)
    await sleep(10)
    ended++
  })
  for (let time = 0; time < 100; time++) ask()
  expect(begun).toBe(1)
  await sleep(60)
  expect([begun, ended]).toEqual([2, 2])
})

test('what is asked for while it rests is done when the rest is over', async () => {
  const at: number[] = []
  const ask = paced(async () => at.push(performance.now()), 50)
  ask()
  await sleep(5)
  ask()
  expect(at).toHaveLength(1)
  await sleep(100)
  expect(at).toHaveLength(2)
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(45)
})

test('work that took long rests longer', async () => {
  const at: number[] = []
  const ask = paced(
    async () => {
      at.push(performance.now())
      await sleep(30)
    },
    10,
    2,
  )
  ask()
  ask()
  await sleep(70)
  expect(at).toHaveLength(1)
  await sleep(100)
  expect(at).toHaveLength(2)
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(85)
})

test('work that fails does not keep the next from being done', async () => {
  let done = 0
  const ask = paced(async () => {
    if (done++ === 0) throw new Error('the first')
  })
  ask()
  await sleep(5)
  ask()
  await sleep(5)
  expect(done).toBe(2)
})

test('work that never ends, given up in time, is done again without a rest', async () => {
  let begun = 0
  const ask = paced(
    () => {
      begun++
      return within(30, new Promise(() => {}), 'Nobody')
    },
    10,
    100,
  )
  ask()
  ask()
  await sleep(20)
  expect(begun).toBe(1)
  await sleep(60)
  expect(begun).toBe(2)
})

test('after the end nothing is begun', async () => {
  let done = 0
  const ask = paced(async () => done++, 10)
  ask()
  ask()
  ask.stop()
  ask()
  await sleep(40)
  expect(done).toBe(1)
})
