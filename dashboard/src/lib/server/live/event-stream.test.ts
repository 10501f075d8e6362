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
