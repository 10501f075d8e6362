import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoProgress } from './demo-progress.ts'

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'guanlan-demo-'))
  await mkdir(join(dataDir, 'demo'))
})
afterAll(() => rm(dataDir, { recursive: true }))
const write = (text: string) => writeFile(join(dataDir, 'demo', 'state.json'), text)

test('the demo store is as far as it says of itself', async () => {
  expect(await demoProgress(dataDir)).toBeUndefined()
  await write('{"phase":"wanted"}')
  expect(await demoProgress(dataDir)).toBeUndefined()
  await write('{"phase":"filling","store_id":"demo","share":0.25,"seed":1}')
  expect(await demoProgress(dataDir)).toEqual({ store_id: 'demo', share: 0.25 })
  await write('{"phase":"live","store_id":"demo","share":1}')
  expect(await demoProgress(dataDir)).toEqual({ store_id: 'demo', share: 1 })
  for (const none of ['{"phase":"removed"}', '{"phase":"fill', '7']) {
    await write(none)
    expect(await demoProgress(dataDir)).toBeUndefined()
  }
})
