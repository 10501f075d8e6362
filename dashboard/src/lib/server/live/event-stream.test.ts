import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Changes } from './changes.ts'
import { changesOf, endStreams } from './event-stream.ts'

async function firstOf(response: Response): Promise<string> {
  const { value } = (await response.body?.getReader().read()) ?? {}
  return new TextDecoder().decode(value)
}

test('who opens a stream just after a change is told of it, for the page may have asked just before', async () => {
  const changes = new Changes(1)
  changes.tell('main')
  expect(await firstOf(changesOf(changes, 'main'))).toBe('retry: 2000\n\nevent: changed\ndata: {}\n\n')
  expect(await firstOf(changesOf(changes, 'other'))).toBe('retry: 2000\n\n')
  endStreams()
})

test('a change while nobody reads is told when they read on, and once', async () => {
  const changes = new Changes(0)
  const reader = changesOf(changes, 'main').body?.getReader()
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
