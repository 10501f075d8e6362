import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openSecrets, secretsFile } from './secrets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-'))
  return () => rmSync(folder, { recursive: true })
})

test('what the environment does not give is made once, kept, and readable for its owner alone', () => {
  const first = openSecrets(folder, { WRITE_KEY: 'given' })
  expect(first.values.WRITE_KEY).toBe('given')
  expect(first.values.ADMIN_EMAIL).toBe('admin@guanlan.local')
  expect(first.values.SECRET_KEY).toMatch(/^[\w-]{43}$/)
  expect([...first.unseen]).toEqual(['SECRET_KEY', 'ADMIN_EMAIL', 'ADMIN_PASSWORD', 'SERVER_KEY', 'READ_KEY'])
  expect(statSync(secretsFile(folder)).mode & 0o777).toBe(0o600)
  expect(readFileSync(secretsFile(folder), 'utf8')).not.toContain('given')
  expect(openSecrets(folder, { WRITE_KEY: 'given' }).values).toEqual(first.values)
})

test('a secret made at a start that failed is shown by the next one, and not again after that', () => {
  openSecrets(folder, {})
  const second = openSecrets(folder, {})
  expect(second.unseen.has('ADMIN_PASSWORD')).toBe(true)
  second.seen()
  const third = openSecrets(folder, {})
  expect(third.unseen.size).toBe(0)
  expect(third.values).toEqual(second.values)
})

test('what the environment gives goes before what was made', () => {
  openSecrets(folder, {})
  expect(openSecrets(folder, { ADMIN_PASSWORD: 'mine' }).values.ADMIN_PASSWORD).toBe('mine')
  expect(openSecrets(folder, { ADMIN_PASSWORD: '' }).values.ADMIN_PASSWORD).toMatch(/^[\w-]{16}$/)
})

test('a damaged file stops with a sentence, and is not replaced', () => {
  writeFileSync(secretsFile(folder), '{"SECRET_KEY": ')
  expect(() => openSecrets(folder, {})).toThrow('secrets.json is damaged. Restore it from a backup')
  expect(readFileSync(secretsFile(folder), 'utf8')).toBe('{"SECRET_KEY": ')
})

test('what the environment gives is taken out of it: no process inherits what it is not handed', () => {
  const env = { READ_KEY: 'given', PATH: '/bin' }
  expect(openSecrets(folder, env).values.READ_KEY).toBe('given')
  expect(env).toEqual({ PATH: '/bin' })
})
