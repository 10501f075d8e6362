import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { Changes } from './changes.ts'
import { changesOf, endStreams } from './event-stream.ts'

const hearing = { by: 'user:ada', mayStill: async () => true, log: pino({ level: 'silent' }) }

async function firstOf(response: Response): Promise<string> {
  const { value } = (await response.body?.getReader().read()) ?? {}
  return new TextDecoder().decode(value)
}

test('who opens a stream just after a change is told of it, for the page may have asked just before', async () => {
  const changes = new Changes(1)
  changes.tell('main')
  expect(await firstOf(changesOf(changes, 'main', hearing))).toBe('retry: 2000\n\nevent: changed\ndata: {}\n\n')
  expect(await firstOf(changesOf(changes, 'other', hearing))).toBe('retry: 2000\n\n')
  endStreams()
})

test('a change while nobody reads is told when they read on, and once', async () => {
  const changes = new Changes(0)
  const reader = changesOf(changes, 'main', hearing).body?.getReader()
  const read = async () => new TextDecoder().decode((await reader?.read())?.value)
  for (let each = 0; each < 3; each++) {
    changes.tell('main')
    await sleep(5)
  }
  expect(await read()).toBe('retry: 2000\n\n')
  expect(await read()).toBe('event: changed\ndata: {}\n\n')
  const next = read()
  await sleep(5)
  changes.tell('main')
  expect(await next).toBe('event: changed\ndata: {}\n\n')
  endStreams()
  expect(await read()).toBe('')
})

test('a stream ends at a heartbeat once its reader may hear no more, and not while that cannot be found out', async () => {
  vi.useFakeTimers()
  const may: (() => Promise<boolean>)[] = [
    async () => true,
    () => Promise.reject(new Error('Redis is away')),
    async () => false,
  ]
  const mayStill = () => may.shift()?.() ?? Promise.resolve(false)
  const reader = changesOf(new Changes(), 'main', { ...hearing, mayStill }).body?.getReader()
  await reader?.read()
  for (const done of [false, false]) {
    await vi.advanceTimersByTimeAsync(20_000)
    expect((await reader?.read())?.done).toBe(done)
  }
  await vi.advanceTimersByTimeAsync(20_000)
  await reader?.read()
  expect((await reader?.read())?.done).toBe(true)
  vi.useRealTimers()
})

test('of too many streams of one asker the oldest ends', async () => {
  const changes = new Changes()
  const opened = (by: string) => changesOf(changes, 'main', { ...hearing, by }).body?.getReader()
  const other = opened('user:eve')
  const readers = Array.from({ length: 101 }, () => opened('user:ada'))
  const isOver = async (reader: typeof other) => {
    await reader?.read()
    return Promise.race([reader?.read().then((read) => read.done), sleep(10, false)])
  }
  expect(await Promise.all([other, ...readers.slice(0, 2)].map(isOver))).toEqual([false, true, false])
  endStreams()
})

test('that incidents have changed is told apart from numbers, and neither keeps the other from being told', async () => {
  const changes = new Changes(1)
  const reader = changesOf(changes, 'main', hearing).body?.getReader()
  const next = async () => new TextDecoder().decode((await reader?.read())?.value)
  expect(await next()).toBe('retry: 2000\n\n')
  changes.tell('main')
  changes.incidents.tell('main')
  expect([await next(), await next()]).toEqual(['event: changed\ndata: {}\n\n', 'event: incidents\ndata: {}\n\n'])
  endStreams()
})
