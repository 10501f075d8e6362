import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { listenTo } from './listen.ts'
import { openLogFile } from './log-file.ts'
import { readableLine } from './readable-line.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-'))
  return () => rmSync(folder, { recursive: true })
})

test('a line of pino is made readable, and says how bad it is', () => {
  expect(
    readableLine('{"level":30,"time":1,"pid":2,"name":"jobs","msg":"recomputed","store_id":"main","ms":12}'),
  ).toEqual({
    level: 30,
    text: 'info: recomputed store_id=main ms=12',
  })
  expect(readableLine('{"level":50,"msg":"no insert","err":{"message":"connect ECONNREFUSED"}}')).toEqual({
    level: 50,
    text: 'error: no insert (connect ECONNREFUSED)',
  })
})

test('a line that is not pino’s is shown as it is, since it was not meant for a log', () => {
  expect(readableLine('{"half": ')).toEqual({ level: 40, text: '{"half": ' })
  expect(readableLine('71:M 23 Nov 2026 16:47:17.659 # Server initialized').level).toBe(30)
  expect(readableLine('71:signal-handler (1795452523) Received SIGTERM').level).toBe(30)
  expect(readableLine('FATAL: out of memory')).toEqual({ level: 40, text: 'FATAL: out of memory' })
})

test('all lines go to the log, warnings to the terminal with the name of their process, the last ones are at hand', async () => {
  const shown: string[] = []
  const listen = listenTo(folder, (line) => shown.push(line))
  const lines = ['{"level":30,"msg":"ready"}', '{"level":40,"msg":"slow"}', 'oops']
  const child = spawn('printf', ['%s\\n', ...lines], { stdio: ['ignore', 'pipe', 'pipe'] })
  const { tail } = listen('ingest', child)
  await once(child, 'close')
  expect(readFileSync(join(folder, 'ingest.log'), 'utf8')).toBe(`${lines.join('\n')}\n`)
  expect(shown).toEqual(['ingest    │ warning: slow', 'ingest    │ oops'])
  expect(tail()).toBe('  info: ready\n  warning: slow\n  oops')
})

test('a log takes two files of bounded size, however much is written', () => {
  const write = openLogFile(folder, 'jobs', 100)
  for (let line = 0; line < 100; line += 1) write(`line ${line}`.padEnd(19, '.'))
  expect(readFileSync(join(folder, 'jobs.log'), 'utf8')).toContain('line 99')
  expect(statSync(join(folder, 'jobs.log')).size).toBe(100)
  expect(statSync(join(folder, 'jobs.log.1')).size).toBe(100)
})
