import { setTimeout as sleep, setImmediate as tasks } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inTurn } from './in-turn.ts'

test('work is done by rank, each piece in a task of its own, unless it is taken back', async () => {
  const done: string[] = []
  const work = (name: string) => () => {
    done.push(name)
    void Promise.resolve().then(() => done.push(`after ${name}`))
  }
  inTurn(work('chart'), 100)
  inTurn(work('second'), 2)
  const takeBack = inTurn(work('never'), 0)
  inTurn(work('first'), 1)
  takeBack()
  expect(done).toEqual([])
  await sleep(50)
  expect(done).toEqual(['first', 'after first', 'second', 'after second', 'chart', 'after chart'])
})

test('work that fails does not keep the next from being done', async () => {
  const failed: unknown[] = []
  const hear = (error: unknown) => failed.push(error)
  process.prependOnceListener('uncaughtException', hear)
  const before = process.listeners('uncaughtException').filter((each) => each !== hear)
  for (const each of before) process.off('uncaughtException', each)
  let done = false
  inTurn(() => {
    throw new Error('the first')
  }, 0)
  inTurn(() => {
    done = true
  }, 1)
  await sleep(50)
  await tasks()
  for (const each of before) process.on('uncaughtException', each)
  expect([done, failed.length]).toEqual([true, 1])
})
