import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { remember } from './remember.ts'

test('asks once for a key while the answer is fresh, and again for another key', async () => {
  const remembered = remember<number>(60_000)
  let asked = 0
  const ask = async () => ++asked
  expect(await Promise.all([remembered('a', ask), remembered('a', ask), remembered('b', ask)])).toEqual([1, 1, 2])
})

test('asks again when the answer is stale', async () => {
  const remembered = remember<number>(0)
  let asked = 0
  const ask = async () => ++asked
  await remembered('a', ask)
  expect(await remembered('a', ask)).toBe(2)
})

test('an answer that takes longer than it is kept is shared all the same, and kept once it has come', async () => {
  const remembered = remember<number>(40)
  let asked = 0
  const ask = async () => {
    await sleep(100)
    return ++asked
  }
  const first = remembered('a', ask)
  await sleep(70)
  expect(await Promise.all([first, remembered('a', ask)])).toEqual([1, 1])
  expect(await remembered('a', ask)).toBe(1)
  await sleep(50)
  expect(await remembered('a', ask)).toBe(2)
})

test('does not remember a failure', async () => {
  const remembered = remember<string>(60_000)
  await expect(remembered('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away')
  expect(await remembered('a', async () => 'back')).toBe('back')
})

test('holds no more keys than its limit', async () => {
  const remembered = remember<number>(60_000, 2)
  let asked = 0
  const ask = async () => ++asked
  for (const key of ['a', 'b', 'c']) await remembered(key, ask)
  expect(await remembered('c', ask)).toBe(3)
  expect(await remembered('a', ask)).toBe(4)
})
