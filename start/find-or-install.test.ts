import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { findOrInstall } from './find-or-install.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-'))
  return () => rmSync(folder, { recursive: true })
})

const program = {
  what: 'Redis',
  commands: ['guanlan-no-such-server', 'guanlan-other-server'],
  apt: 'redis-server',
  brew: 'redis',
  otherwise: 'Install redis-server.',
}
const make = (name: string, script: string) => {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
}

test('the first of several names that is on PATH and can be run is taken', () => {
  writeFileSync(join(folder, 'guanlan-no-such-server'), 'not executable')
  make('guanlan-other-server', 'exit 0')
  expect(findOrInstall(program, () => {}, { path: folder, usual: [] })).toBe(join(folder, 'guanlan-other-server'))
})

test('what is there is not installed', () => {
  make('guanlan-other-server', 'exit 0')
  const said: string[] = []
  expect(findOrInstall(program, (line) => said.push(line), { path: folder, usual: [] })).toContain(
    'guanlan-other-server',
  )
  expect(said).toEqual([])
})

test('without apt and brew the start stops with what to do', () => {
  const find = () => findOrInstall(program, () => {}, { path: folder, usual: [] })
  expect(find).toThrow('Redis is not installed. Install redis-server.')
})

test('brew installs it after one line that says so', () => {
  make(
    'brew',
    `printf '#!/bin/sh\\n' > ${join(folder, 'guanlan-other-server')}; chmod +x ${join(folder, 'guanlan-other-server')}`,
  )
  const said: string[] = []
  expect(findOrInstall(program, (line) => said.push(line), { path: folder, usual: [] })).toBe(
    join(folder, 'guanlan-other-server'),
  )
  expect(said).toEqual(['Redis is not installed; installing it with brew.'])
})

test('an installation that fails is told with its last words and what to do', () => {
  make('brew', 'echo "No such formula" >&2; exit 1')
  expect(() => findOrInstall(program, () => {}, { path: folder, usual: [] })).toThrow(
    'No such formula\nRedis could not be installed. Install redis-server.',
  )
})
