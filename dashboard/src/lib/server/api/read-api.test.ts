import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertKey, insertOrders, insertStore, insertViews } from '../../../../testing/insert-facts.ts'
import { readKey, startDashboard } from '../../../../testing/start-dashboard.ts'
import { endpoints } from './endpoints.ts'
import { problemDocument } from './problem.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

beforeAll(async () => {
  dashboard = await startDashboard()
  await insertStore(dashboard, 'main')
  await insertStore(dashboard, 'other')
  await insertKey(dashboard, 'main', 'read', { scope: 'read', hash: sha256('read-key-of-main') })
  await insertKey(dashboard, 'main', 'write', { scope: 'write', hash: sha256('write-key-of-main') })
  await insertViews(dashboard.warehouse, 'main', [
    ['v1', 'douyin', '2026-11-01 02:00:00.000'],
    ['v2', 'douyin', '2026-11-02 02:00:00.000'],
    ['v3', '=2+3', '2026-11-10 02:00:00.000'],
    ['v1', 'douyin', '2026-10-25 02:00:00.000'],
  ])
  await insertOrders(dashboard.warehouse, 'main', [
    ['c1', 'douyin', '2026-11-01 03:00:00.000', '100.5', true],
    ['c2', 'douyin', '2026-11-02 03:00:00.000', '50.25', false],
    ['c3', '=2+3', '2026-11-10 03:00:00.000', '20', true],
    ['c1', 'douyin', '2026-10-25 03:00:00.000', '80', true],
  ])
})
afterAll(() => dashboard.stop())

const question = {
  store_id: 'main',
  metrics: ['visitors', 'gmv', 'paid_gmv', 'conversion_rate'],
  date_range: ['2026-11-01', '2026-11-12'],
}
const ask = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${dashboard.url}/api/v1/query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${readKey}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${dashboard.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${readKey}`, ...headers } })

async function problem(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const document = problemDocument.parse(await response.json())
  expect(document.status).toBe(response.status)
  return document
}

test('a question is answered with numbers, and beside them those of the compared period', async () => {
  const response = await ask({ ...question, compare: 'previous_period' })
  expect(response.status).toBe(200)
  const { results, meta } = await response.json()
  expect(results).toEqual([{ dimensions: [], metrics: [3, 170.75, 120.5, 2 / 3], comparison: [1, 80, 80, 1] }])
  expect(meta).toMatchObject({ currency: 'CNY', time_zone: 'Asia/Shanghai', from: '2026-11-01T00:00:00+08:00' })
})

test('CSV says the same as JSON, and text that looks like a formula is harmless', async () => {
  const response = await ask(
    { ...question, metrics: ['gmv', 'visitors'], dimensions: ['channel'] },
    { accept: 'text/csv' },
  )
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="query-main.csv"')
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(new TextDecoder().decode(bytes)).toBe("channel,gmv,visitors\r\ndouyin,150.75,2\r\n'=2+3,20,1\r\n")
})

test('without a key, or with nobody’s, the answer is 401', async () => {
  const none = await fetch(`${dashboard.url}/api/v1/rfm?store_id=main&from=2026-11-01&to=2026-11-12`)
  expect(none.status).toBe(401)
  expect(none.headers.get('www-authenticate')).toContain('Bearer')
  await problem(none)
  await problem(await ask(question, { authorization: 'Bearer guessed' })).then(({ status }) => expect(status).toBe(401))
  await problem(await ask(question, { authorization: 'Basic eDp5' })).then(({ status }) => expect(status).toBe(401))
})

test('a store’s key reads that store alone, and a write key reads nothing', async () => {
  const own = { authorization: 'Bearer read-key-of-main' }
  expect((await ask(question, own)).status).toBe(200)
  expect((await problem(await ask({ ...question, store_id: 'other' }, own))).status).toBe(403)
  expect((await problem(await ask({ ...question, store_id: 'nowhere' }, own))).status).toBe(403)
  const write = await problem(await ask(question, { authorization: 'Bearer write-key-of-main' }))
  expect([write.status, write.detail]).toEqual([403, 'This key may not read the store main. It is a write key.'])
})

test('the instance’s key reads every store; one that does not exist is 404', async () => {
  expect((await ask({ ...question, store_id: 'other' })).status).toBe(200)
  expect((await problem(await ask({ ...question, store_id: 'nowhere' }))).status).toBe(404)
})

test('a wrong request names its fields', async () => {
  const wrong = await problem(await ask({ ...question, metrics: ['profit'], date_range: ['2026-13-01', 'x'] }))
  expect(wrong.status).toBe(400)
  expect(wrong.errors?.map(({ path }) => path)).toEqual(expect.arrayContaining(['metrics.0', 'date_range.0']))
  const unanswerable = await problem(await ask({ ...question, metrics: ['visitors'], dimensions: ['province'] }))
  expect([unanswerable.status, unanswerable.errors?.[0]?.path]).toEqual([400, 'dimensions'])
  expect((await problem(await ask('{"store_id":'))).detail).toBe('The body is not JSON.')
  expect((await problem(await ask(question, { 'content-type': 'application/xml' }))).status).toBe(415)
  expect((await problem(await ask(question, { accept: 'image/png' }))).status).toBe(406)
  expect(
    (await problem(await get('returns?store_id=main&from=2026-11-01&to=2026-11-12&filters=x'))).errors?.[0]?.path,
  ).toBe('filters')
  expect((await problem(await get('cohorts?store_id=main&from=2026-11-01&to=2026-10-01'))).status).toBe(400)
})

test('what is not there is 404, and a wrong method 405', async () => {
  expect((await problem(await get('nothing?store_id=main'))).detail).toBe(
    'The read API has nothing at /api/v1/nothing.',
  )
  expect((await get('query')).status).toBe(405)
})

test('filters and windows stand in an address', async () => {
  const filters = encodeURIComponent(JSON.stringify([['is', 'channel', ['douyin']]]))
  const range = 'store_id=main&from=2026-11-01&to=2026-11-12'
  expect((await get(`returns?${range}&by=channel&filters=${filters}`)).status).toBe(200)
  const repurchase = await (await get(`repurchase?${range}&windows=7,14`)).json()
  expect(repurchase.results.map(({ window_days }: { window_days: number }) => window_days)).toEqual([7, 14])
})

test('the OpenAPI document is open to everybody and describes every endpoint', async () => {
  const document = await (await fetch(`${dashboard.url}/api/v1/openapi.json`)).json()
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths)).toEqual(endpoints.map(({ name }) => `/api/v1/${name}`))
  expect(document.components.schemas.Problem.required).toContain('detail')
})

test.each(endpoints.map((endpoint) => [endpoint.name, endpoint] as const))(
  'the example of %s is answered as its schema says, and as CSV',
  async (name, { method, example, answer }) => {
    const send = (accept: string) =>
      method === 'POST'
        ? fetch(`${dashboard.url}/api/v1/${name}`, {
            method,
            headers: { authorization: `Bearer ${readKey}`, 'content-type': 'application/json', accept },
            body: JSON.stringify(example),
          })
        : get(`${name}?${new URLSearchParams(example as Record<string, string>)}`, { accept })
    const response = await send('application/json')
    const body = await response.json()
    expect([response.status, answer.safeParse(body).error?.message, body.detail]).toEqual([200, undefined, undefined])
    const csv = await (await send('text/csv')).text()
    expect(csv.split('\r\n')[0]).toMatch(/^\uFEFF?[a-z_]+(,[a-z_]+)+$/)
  },
)
