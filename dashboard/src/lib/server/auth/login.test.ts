import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSettings } from '../../../../testing/open-settings.ts'
import { createLogin } from './login.ts'

let world: Awaited<ReturnType<typeof openSettings>>
beforeAll(async () => {
  world = await openSettings()
  await world.user('ann@x', { '*': 'owner' }, 'a good password')
})
afterAll(() => world.stop())

test('nobody locks somebody else out from one place, however many networks it has', async () => {
  const login = createLogin(world)
  // A /48 has 65,536 networks; ten failures from each of eleven would be more than an account's own limit.
  const outcomes: string[] = []
  for (let network = 1; network <= 11; network++) {
    const attempt = { email: 'ann@x', password: 'wrong', address: `2001:db8:0:${network}::1` }
    for (let time = 0; time < 10; time++) outcomes.push((await login(attempt)).outcome)
  }
  expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(50)
  expect(outcomes.slice(50)).toEqual(Array(60).fill('wait'))
  const elsewhere = { email: 'ANN@x ', password: 'a good password', address: '2001:db8:7::1' }
  expect((await login(elsewhere)).outcome).toBe('in')
  expect((await world.redis.keys('limit:login:*')).join(' ')).not.toMatch(/ann|2001/)
})

test('the right password takes back what was counted', async () => {
  const login = createLogin(world)
  const attempt = { email: 'ann@x', password: 'a good password', address: '203.0.113.9' }
  for (let time = 0; time < 9; time++) await login({ ...attempt, password: 'wrong' })
  expect((await login(attempt)).outcome).toBe('in')
  for (let time = 0; time < 10; time++) {
    expect((await login({ ...attempt, password: 'wrong' })).outcome).toBe('wrong')
  }
  expect((await login(attempt)).outcome).toBe('wait')
}, 60_000)
