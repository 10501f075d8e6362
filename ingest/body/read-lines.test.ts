import { expect, test } from 'vitest'
import { LineTooLong, readLines } from './read-lines.ts'

async function read(chunks: string[], longest = 100) {
  const lines: (string | LineTooLong)[] = []
  async function* bytes() {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  for await (const line of readLines(bytes(), longest)) lines.push(line)
  return lines
}

test('lines are put together across chunks, blank ones and carriage returns left out', async () => {
  expect(await read(['{"a"', ':1}\r\n\n{"b":2}\n', '   \n{"c":', '3}'])).toEqual(['{"a":1}', '{"b":2}', '{"c":3}'])
})

test('a line that is too long comes as its beginning, and the next one is whole', async () => {
  const [long, next] = await read(['x'.repeat(60), 'x'.repeat(60), 'x'.repeat(60_000), '\nnext\n'])
  expect(long).toBeInstanceOf(LineTooLong)
  expect((long as LineTooLong).message).toBe('x'.repeat(120))
  expect(next).toBe('next')
})

test('a character that is cut by a chunk is whole again', async () => {
  const bytes = Buffer.from('{"名":"观澜"}')
  const lines: unknown[] = []
  async function* halves() {
    yield bytes.subarray(0, 3)
    yield bytes.subarray(3, 10)
    yield bytes.subarray(10)
  }
  for await (const line of readLines(halves(), 100)) lines.push(line)
  expect(lines).toEqual(['{"名":"观澜"}'])
})
