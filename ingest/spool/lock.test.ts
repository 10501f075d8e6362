import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryDirectory } from '../testing.ts'
import { lockSpool, SpoolInUse } from './lock.ts'

test('a lock that another process is about to write to is respected', async () => {
  const directory = await temporaryDirectory()
  const unlock = await lockSpool(directory)
  const path = join(directory, 'lock')
  const written = await readFile(path, 'utf8')
  await writeFile(path, '')
  const other = lockSpool(directory)
  setTimeout(() => void writeFile(path, written), 20)
  await expect(other).rejects.toThrow(SpoolInUse)
  unlock()
  await rm(directory, { recursive: true })
})

test('a lock that nobody ever wrote to is taken over', async () => {
  const directory = await temporaryDirectory()
  await writeFile(join(directory, 'lock'), '')
  const unlock = await lockSpool(directory)
  await expect(lockSpool(directory)).rejects.toThrow(SpoolInUse)
  unlock()
  await rm(directory, { recursive: true })
})
