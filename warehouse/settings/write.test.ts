import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Warehouse } from '../client.ts'
import { openTestWarehouse } from '../testing.ts'
import { startRedis } from '../testing-redis.ts'
import { readSettings } from './read.ts'
import { writeSetting } from './write.ts'

let opened: Awaited<ReturnType<typeof openTestWarehouse>>
let server: Awaited<ReturnType<typeof startRedis>>
beforeAll(async () => {
  opened = await openTestWarehouse()
  server = await startRedis()
})
afterAll(async () => {
  await server.stop()
  await opened.close()
})

const write = (id: string, actor: string, read_version: number, warehouse: Warehouse = opened.warehouse) => {
  const value = { name: actor, time_zone: 'UTC', currency: 'CNY', trusts_sender_sessions: false }
  return writeSetting(
    { warehouse, redis: server.redis },
    { kind: 'store', store_id: id, id, read_version, value, actor },
  )
}

const versions = async (id: string) => {
  const query = 'SELECT version, actor FROM settings WHERE id = {id:String} ORDER BY version, actor'
  const answer = await opened.warehouse.query({ query, query_params: { id }, format: 'JSONCompactEachRow' })
  return answer.json()
}

test('of writers who saw the same version one writes, the others are told who did', async () => {
  expect(await write('tea', 'first', 0)).toBe(1)
  const results = await Promise.allSettled([write('tea', 'ann', 1), write('tea', 'ann', 1), write('tea', 'ann', 1)])
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.message] : []))
  expect(refused).toEqual(Array(2).fill('This was changed by ann meanwhile. Read it again, then change it.'))
  expect(await versions('tea')).toEqual([
    [1, 'first'],
    [2, 'ann'],
  ])
  expect(await readSettings(opened.warehouse, 'store', { store_id: 'tea' })).toMatchObject([{ version: 2 }])
})

test('who was so slow that the lock ran out, and another has written meanwhile, does not write over that', async () => {
  let asked = 0
  const slow = new Proxy(opened.warehouse, {
    get: (target, name) =>
      name === 'query' && asked++ === 0
        ? async (question: Parameters<typeof target.query>[0]) => {
            const answer = await target.query(question)
            await server.redis.del('lock:setting:store:rice:rice')
            await write('rice', 'bob', 0)
            return answer
          }
        : Reflect.get(target, name).bind(target),
  })
  await expect(write('rice', 'ann', 0, slow)).rejects.toThrow('This was changed by bob meanwhile.')
  expect(await versions('rice')).toEqual([[1, 'bob']])
})
