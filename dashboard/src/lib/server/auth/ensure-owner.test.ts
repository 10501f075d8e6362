import { readSettings } from '@guanlan/warehouse/settings/read'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { openTestWarehouse } from '@guanlan/warehouse/testing'
import { startRedis } from '@guanlan/warehouse/testing-redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureOwner } from './ensure-owner.ts'
import { hashPassword, isPassword } from './password.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
let redis: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  ;[opened, redis] = await Promise.all([openTestWarehouse(), startRedis()])
})
afterAll(async () => {
  await Promise.all([opened.close(), redis.stop()])
})

const world = () => ({ warehouse: opened.warehouse, redis: redis.redis })
const owners = () => readSettings(opened.warehouse, 'user')
const given = { email: 'Owner@example.com', password: 'first password' }

test('the first start makes one owner of every store, however many start at once', async () => {
  const done = await Promise.all([ensureOwner(world(), given), ensureOwner(world(), given)])
  expect(done.toSorted()).toEqual(['created', 'unchanged'])
  const [owner, ...others] = await owners()
  expect(others).toEqual([])
  expect(owner?.value).toMatchObject({ email: 'Owner@example.com', roles: { '*': 'owner' } })
  expect(await isPassword('first password', owner?.value.password_hash)).toBe(true)
})

test('a password chosen in the product survives a start with the same environment', async () => {
  const [owner] = await owners()
  if (!owner) throw new Error('there is no owner')
  const chosen = { ...owner.value, password_hash: await hashPassword('chosen in the product') }
  await writeSetting(world(), { ...owner, kind: 'user', read_version: owner.version, value: chosen, actor: 'owner' })
  expect(await ensureOwner(world(), { ...given, email: 'owner@EXAMPLE.com' })).toBe('unchanged')
  const [after] = await owners()
  expect(await isPassword('chosen in the product', after?.value.password_hash)).toBe(true)
})

test('another password in the environment is taken: that is the way back in', async () => {
  expect(await ensureOwner(world(), { ...given, password: 'second password' })).toBe('password changed')
  const [owner] = await owners()
  expect(await isPassword('second password', owner?.value.password_hash)).toBe(true)
  expect(await ensureOwner(world(), { ...given, password: 'second password' })).toBe('unchanged')
})

test.each([1, 2])('an owner made after the question %i of another start is not made again by it', async (question) => {
  const late = { email: `late-${question}@example.com`, password: 'a password' }
  let asked = 0
  const slow = new Proxy(opened.warehouse, {
    get: (target, name) =>
      name === 'query' && ++asked === question
        ? async (query: Parameters<typeof target.query>[0]) => {
            const answer = await target.query(query)
            expect(await ensureOwner(world(), late)).toBe('created')
            return answer
          }
        : Reflect.get(target, name).bind(target),
  })
  expect(await ensureOwner({ ...world(), warehouse: slow }, late)).toBe('unchanged')
  const [mine, ...again] = (await owners()).filter(({ id }) => id === late.email)
  expect([mine?.version, again]).toEqual([1, []])
})
