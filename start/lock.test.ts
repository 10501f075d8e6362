import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { lockFolder } from './lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-'))
  return () => rmSync(folder, { recursive: true })
})

/** Another process that takes the lock and keeps it. */
async function other(path: string) {
  const script = `const { lockFolder } = await import(${JSON.stringify(new URL('lock.ts', import.meta.url).href)})
    await lockFolder(${JSON.stringify(path)}, 'it')
    console.log('locked')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

test('a folder that another process has is refused with that process’s id, until it lets go', async () => {
  const child = await other(folder)
  await expect(lockFolder(folder, 'The data directory')).rejects.toThrow(
    `The data directory is in use by process ${child.pid}.`,
  )
  child.kill('SIGKILL')
  await once(child, 'exit')
  const release = await lockFolder(folder, 'The data directory')
  release()
})

test('a lock that was let go is free again at once', async () => {
  const release = await lockFolder(folder, 'it')
  await expect(lockFolder(folder, 'it')).rejects.toThrow('it is in use by process')
  release()
  const again = await lockFolder(folder, 'it')
  again()
})

test('a folder whose path is longer than a socket’s may be is locked as well', async () => {
  const deep = join(folder, 'a'.repeat(120), 'b'.repeat(120))
  const child = await other(deep)
  await expect(lockFolder(deep, 'it')).rejects.toThrow(`it is in use by process ${child.pid}.`)
  child.kill('SIGKILL')
  await once(child, 'exit')
})
