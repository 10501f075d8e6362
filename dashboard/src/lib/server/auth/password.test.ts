import { expect, test } from 'vitest'
import { hashPassword, isPassword } from './password.ts'

test('a password matches its own hash and no other does', async () => {
  const hash = await hashPassword('正确的 horse battery')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await isPassword('正确的 horse battery', hash)).toBe(true)
  expect(await isPassword('正确的 horse batterY', hash)).toBe(false)
})

test('two hashes of one password differ', async () => {
  expect(await hashPassword('same')).not.toBe(await hashPassword('same'))
})

test('nobody has no password', async () => {
  expect(await isPassword('', undefined)).toBe(false)
})
