import { gzipSync } from 'node:zlib'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys, openTestIngest, type TestIngest } from '../testing.ts'
import { trackingConfig } from './tracking-config.ts'

let ingest: TestIngest
beforeAll(async () => {
  ingest = await openTestIngest()
  ingest.setNow('2026-11-11T12:00:10.000Z')
  await ingest.world.heatmaps.snapshots.load('main')
})
afterAll(() => ingest.close())

const agent = {
  'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36',
}
const viewOf = (last: number, values: object = {}) => ({
  id: `019a7300-0000-7000-8000-${String(last).padStart(12, '0')}`,
  url: 'https://shop.example/product/p-001?utm_source=x',
  path: '/product/p-001',
  title: 'Tea',
  visitorId: 'v1',
  sessionId: 's1',
  startedAt: '2026-11-11T11:59:00.000Z',
  version: '0123456789abcdef',
  width: 390,
  height: 844,
  pageHeight: 4210,
  variant: '',
  ...values,
})
const click = (n: number, values: object = {}) => ({
  ...{ n, at: '2026-11-11T11:59:30.000Z', selector: 'main a.card', x: 0.25, y: 0.5, module: 'new', slot: 3 },
  ...{ href: '/product/p-002', text: '加入', state: '', fixed: false, dead: false, rage: false, error: false },
  ...values,
})
const reading = (seq: number, values: object = {}) => ({ seq, reach: 37, attention: [1200, 800], ...values })
const module = (name: string, values: object = {}) => ({
  ...{ module: name, slot: 0, position: 2, top: 0.21, bottom: 0.34, exposures: 1, visibleMs: 2300, clicks: 1 },
  ...values,
})
const send = async (body: object, headers: Record<string, string> = agent) => {
  const sent = { writeKey: keys.write, sentAt: '2026-11-11T12:00:10.000Z', ...body }
  const answer = await ingest.send('/v1/heatmap', sent, {
    key: '',
    headers: { 'content-type': 'text/plain', ...headers },
  })
  return { status: answer.status, body: await answer.json() }
}

test('a browser that keeps nothing is the same visitor in heatmaps and in events', async () => {
  await send({ view: viewOf(90, { visitorId: '', path: '/cookieless' }), clicks: [click(1)] })
  const event = { type: 'track', event: 'seen', messageId: 'cookieless-1', context: { library: { name: 'guanlan' } } }
  await ingest.send('/v1/batch', { writeKey: keys.write, batch: [event] }, { key: '', headers: agent })
  const [found] = await ingest.ask<{ clicked: string; seen: string }>(`
    SELECT (SELECT any(visitor_id) FROM page_clicks WHERE path = '/cookieless') AS clicked,
      (SELECT any(visitor_id) FROM events WHERE message_id = 'cookieless-1') AS seen`)
  expect(found?.clicked).toMatch(/^day_[0-9a-f]{32}$/)
  expect(found?.seen).toBe(found?.clicked)
})

test('a view’s clicks, reading and modules are kept, and said again change nothing', async () => {
  const body = { view: viewOf(1), clicks: [click(1), click(2, { dead: true })], reading: reading(4, { modules: [module('new'), module('new', { slot: 3 })] }) } // biome-ignore format: one body
  // A beacon hears no answer, and must not be the one that is asked.
  expect((await send({ ...body, leaving: true })).body.snapshot).toBe(false)
  expect(await send(body)).toEqual({ status: 200, body: { accepted: true, more: true, snapshot: true } })
  expect(await send(body)).toEqual({ status: 200, body: { accepted: true, more: true, snapshot: false } })
  const where = `FINAL WHERE store_id = 'main' AND path = '/product/p-001' AND view_id = '019a7300-0000-7000-8000-000000000001'`
  expect(
    await ingest.ask(`SELECT n, occurred_at, visitor_id, session_id, url, version, width_class, width, selector, x, y, module, slot, href, text, is_dead, is_bot FROM page_clicks ${where} ORDER BY n LIMIT 1`), // biome-ignore format: one question
  ).toEqual([
    {
      ...{ n: 1, occurred_at: '2026-11-11 11:59:30.000', visitor_id: 'v1', session_id: 's1' },
      ...{ url: 'https://shop.example/product/p-001?utm_source=x', version: '0123456789abcdef' },
      ...{ width_class: 'phone', width: 390, selector: 'main a.card', x: 0.25, y: 0.5, module: 'new', slot: 3 },
      ...{ href: '/product/p-002', text: '加入', is_dead: false, is_bot: false },
    },
  ])
  expect(await ingest.ask(`SELECT n, is_dead FROM page_clicks ${where} ORDER BY n`)).toEqual([
    { n: 1, is_dead: false },
    { n: 2, is_dead: true },
  ])
  expect(await ingest.ask(`SELECT seq, started_at, title, page_height, reach, attention FROM page_readings ${where}`)).toEqual(
    [{ seq: 4, started_at: '2026-11-11 11:59:00.000', title: 'Tea', page_height: 4210, reach: 37, attention: [1200, 800] }],
  ) // biome-ignore format: one row
  expect(
    await ingest.ask(`SELECT slot, position, exposures, visible_ms FROM module_readings ${where} ORDER BY slot`),
  ).toEqual([0, 3].map((slot) => ({ slot, position: 2, exposures: 1, visible_ms: 2300 })))
})

test('of one view the reading with the highest seq counts, in whatever order they come', async () => {
  const told = (seq: number, visibleMs: number) =>
    send({ view: viewOf(2), reading: reading(seq, { reach: seq, modules: [module('hero', { visibleMs })] }) })
  for (const seq of [2, 9, 5]) await told(seq, seq * 100)
  const where = `FINAL WHERE view_id = '019a7300-0000-7000-8000-000000000002'`
  expect(await ingest.ask(`SELECT seq, reach FROM page_readings ${where}`)).toEqual([{ seq: 9, reach: 9 }])
  expect(await ingest.ask(`SELECT visible_ms FROM module_readings ${where}`)).toEqual([{ visible_ms: 900 }])
})

test('a wrong click loses nothing else: it becomes a rejected row that names the field', async () => {
  const clicks = [click(1), click(2, { x: 7 }), click(3, { at: 'yesterday' }), 'nonsense']
  const modules = [module('a'), { module: 'b' }]
  const { body } = await send({ view: viewOf(3), clicks, reading: reading(1, { modules }) })
  expect(body).toMatchObject({
    accepted: true,
    rejected: [
      { path: 'clicks[1].x', message: 'must lie between 0 and 1' },
      { path: 'clicks[2].at', message: 'must be an instant, as in 2026-11-11T00:00:00.000Z' },
      { path: 'clicks[3]', message: 'must be an object' },
      { path: 'reading.modules[1].position', message: 'is required; it must be a number' },
    ],
  })
  const where = `WHERE view_id = '019a7300-0000-7000-8000-000000000003'`
  expect(await ingest.ask(`SELECT n FROM page_clicks FINAL ${where}`)).toEqual([{ n: 1 }])
  expect(await ingest.ask(`SELECT module FROM module_readings FINAL ${where}`)).toEqual([{ module: 'a' }])
  const refused = await ingest.ask(
    `SELECT kind, protocol, code, path FROM rejected_events WHERE path LIKE 'clicks%' ORDER BY path`,
  )
  expect(refused).toEqual([
    { kind: 'click', protocol: 'tracker', code: 'invalid_field', path: 'clicks[1].x' },
    { kind: 'click', protocol: 'tracker', code: 'invalid_time', path: 'clicks[2].at' },
    { kind: 'click', protocol: 'tracker', code: 'invalid_field', path: 'clicks[3]' },
  ])
})

test('what a page writes long is cut, and nothing of the message is lost for it', async () => {
  const steps = (count: number) => Array.from({ length: count }, (_, at) => `div:nth-of-type(${at})`).join('>')
  const long = `html>${steps(100)}`
  const view = viewOf(50, { path: `/long/${'p'.repeat(9000)}`, url: `https://shop.example/${'u'.repeat(9000)}`, title: 't'.repeat(3000), variant: '浪'.repeat(300) }) // biome-ignore format: one view
  const values = { selector: long, module: long, state: `dialog:${long}`, href: `/${'h'.repeat(9000)}`, text: '🌊'.repeat(150) } // biome-ignore format: one click
  const body = { view, clicks: [click(1, values)], reading: reading(1, { modules: [module(long), module('n'.repeat(300))] }) } // biome-ignore format: one body
  expect((await send(body)).body).toEqual({ accepted: true, more: true, snapshot: true })
  const where = `FINAL WHERE view_id = '019a7300-0000-7000-8000-000000000050'`
  const [row] = await ingest.ask<Record<string, string>>(
    `SELECT selector, module, state, length(href) AS href, text FROM page_clicks ${where}`,
  )
  // Each begins with a whole step, and is as long as it may be.
  for (const [value, most] of [
    [row?.selector, 1000],
    [row?.module, 200],
    [row?.state?.replace(/^dialog:/, ''), 493],
  ] as const) {
    // biome-ignore format: one line
    expect(long.endsWith(`>${value}`)).toBe(true)
    expect(value?.length).toBeGreaterThan(most - 20)
    expect(value?.length).toBeLessThanOrEqual(most)
  }
  expect(row).toMatchObject({ href: 2048, text: '🌊'.repeat(100) })
  const modules = await ingest.ask<{ module: string }>(`SELECT module FROM module_readings ${where} ORDER BY module`)
  expect(modules.map((each) => each.module)).toEqual([row?.module, 'n'.repeat(200)])
})

test('a view that is wrong is refused with every field named, and kept as a rejected row without the key', async () => {
  const { status, body } = await send({ view: viewOf(4, { id: 'x', version: 'short' }), clicks: [click(1)] })
  expect(status).toBe(422)
  expect(body.errors).toEqual([
    { path: 'view.id', message: 'must be a UUID, of version 7' },
    { path: 'view.version', message: 'must be 16 hexadecimal digits' },
  ])
  const rows = await ingest.ask<{ path: string; payload: string }>(
    `SELECT path, payload FROM rejected_events WHERE path LIKE 'view%'`,
  )
  expect(rows.map(({ path }) => path)).toEqual(['view.id'])
  expect(rows[0]?.payload).not.toContain(keys.write)
  expect((await send({ view: viewOf(4), clicks: {} })).body.errors).toEqual([
    { path: 'clicks', message: 'must be a list' },
  ])
  expect((await send({})).body.errors).toEqual([{ path: 'view', message: 'must be an object' }])
})

test('who may not write is refused: no key, another one, a read key', async () => {
  const body = { view: viewOf(5) }
  expect((await send({ ...body, writeKey: undefined })).status).toBe(401)
  expect((await send({ ...body, writeKey: 'nonsense' })).status).toBe(401)
  expect((await send({ ...body, writeKey: keys.read })).status).toBe(403)
})

test('a clock that is wrong is put right, in clicks and readings alike', async () => {
  await send({ sentAt: '2026-11-11T11:00:10.000Z', view: viewOf(6, { startedAt: '2026-11-11T10:59:00.000Z' }), clicks: [click(1, { at: '2026-11-11T10:59:30.000Z' })], reading: reading(1) }) // biome-ignore format: one body
  const where = `FINAL WHERE view_id = '019a7300-0000-7000-8000-000000000006'`
  expect(await ingest.ask(`SELECT occurred_at FROM page_clicks ${where}`)).toEqual([
    { occurred_at: '2026-11-11 11:59:30.000' },
  ])
  expect(await ingest.ask(`SELECT started_at FROM page_readings ${where}`)).toEqual([
    { started_at: '2026-11-11 11:59:00.000' },
  ])
})

test('bots are marked and asked for no copy', async () => {
  const body = {
    view: viewOf(7, { version: 'b'.repeat(16) }),
    clicks: [click(1)],
    reading: reading(1, { modules: [module('a')] }),
  }
  expect((await send(body, { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' })).body.snapshot).toBe(
    false,
  )
  const where = `FINAL WHERE view_id = '019a7300-0000-7000-8000-000000000007' AND is_bot`
  for (const table of ['page_clicks', 'page_readings', 'module_readings'])
    expect(await ingest.ask(`SELECT count() AS n FROM ${table} ${where}`)).toEqual([{ n: 1 }])
})

test('what is wanted of a store is what its setting says, else what is usual', async () => {
  const { directory, warehouse, redis } = ingest.world
  expect(trackingConfig(directory, 'main')).toEqual({ heatmap_rate: 1, snapshots: true, mask: [], block: [], module_selector: '' }) // biome-ignore format: one line
  const value = { heatmap_rate: 0.5, daily_views_per_page: 2, snapshots: false, mask: ['.name'], block: ['#chat'], module_selector: '.m', page_groups: ['/p/*'] } // biome-ignore format: one line
  const document = { kind: 'tracking', store_id: 'main', id: 'tracking', actor: 'test' } as const
  await writeSetting({ warehouse, redis }, { ...document, read_version: 0, value })
  await directory.refresh()
  expect(trackingConfig(directory, 'main')).toEqual({ heatmap_rate: 0.5, snapshots: false, mask: ['.name'], block: ['#chat'], module_selector: '.m' }) // biome-ignore format: one line

  // Two views a day of the group /p/*, whatever the product; a third is not taken, the first goes on.
  const of = (last: number) => ({ view: viewOf(last, { path: `/p/${last}` }), clicks: [click(last)] })
  const answers = [await send(of(10)), await send(of(11)), await send(of(12)), await send(of(10))]
  expect(answers.map(({ body }) => [body.accepted, body.more, body.snapshot])).toEqual([
    [true, true, false],
    [true, true, false],
    [false, false, false],
    [true, true, false],
  ])
  expect(await ingest.ask(`SELECT count() AS n FROM page_clicks FINAL WHERE path LIKE '/p/%'`)).toEqual([{ n: 2 }])
  const { metrics } = ingest.world
  expect(await metrics.registry.metrics()).toContain('guanlan_ingest_heatmap_over_budget_total{store="main"} 1')
  // Bots have a budget of their own, and leave people theirs.
  const bot = { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' }
  const ofBots = (last: number) => send({ view: viewOf(last, { path: '/p/bots' }), clicks: [click(1)] }, bot)
  await writeSetting({ warehouse, redis }, { ...document, read_version: 1, value: { ...value, page_groups: [] } })
  await directory.refresh()
  const visits = [await ofBots(13), await ofBots(14), await ofBots(15)]
  expect(visits.map(({ body }) => body.accepted)).toEqual([true, true, false])
  expect((await send({ view: viewOf(16, { path: '/p/bots' }), clicks: [click(1)] })).body.accepted).toBe(true)
  await writeSetting({ warehouse, redis }, { ...document, read_version: 2, value: null })
  await directory.refresh()
})

const page = (words: string) => ({ type: 0, childNodes: [{ type: 2, tagName: 'p', attributes: {}, childNodes: [{ type: 3, textContent: words }] }] }) // biome-ignore format: one tree
const sendCopy = async (body: object, pack = false) => {
  const text = JSON.stringify({ writeKey: keys.write, sentAt: '2026-11-11T12:00:10.000Z', ...body })
  const headers = { ...agent, ...(pack && { 'content-encoding': 'gzip' }) }
  const answer = await ingest.send('/v1/heatmap/snapshots', pack ? gzipSync(text) : text, { key: '', headers })
  return { status: answer.status, body: await answer.json() }
}

test('a copy is kept masked, equal ones once, and is asked for no more', async () => {
  const of = (last: number, path: string) => viewOf(last, { path, version: 'c'.repeat(16) })
  const wanted = async (last: number, path: string) => (await send({ view: of(last, path) })).body.snapshot
  expect(await wanted(20, '/product/p-020')).toBe(true)
  const snapshot = { node: page('Call 13812345678'), height: 4210, styles: ['a{}'] }
  expect(await sendCopy({ view: of(20, '/product/p-020'), snapshot }, true)).toEqual({
    status: 200,
    body: { accepted: true },
  })
  // Another product of the same template and structure.
  expect(await wanted(21, '/product/p-021')).toBe(false)
  expect((await sendCopy({ view: of(21, '/product/p-021'), snapshot })).body).toEqual({ accepted: false })
  expect((await sendCopy({ view: of(22, '/about'), snapshot })).body).toEqual({ accepted: true })
  const contents = await ingest.ask<{ content: string }>(
    `SELECT content FROM snapshot_contents FINAL WHERE store_id = 'main'`,
  )
  expect(contents.map(({ content }) => JSON.parse(content))).toEqual([
    { height: 4210, styles: ['a{}'], node: page('Call ***********') },
  ])
  expect(
    await ingest.ask(`SELECT path, width_class, page_height, title FROM page_snapshots FINAL WHERE content_hash = (SELECT any(content_hash) FROM snapshot_contents) ORDER BY path`), // biome-ignore format: one question
  ).toEqual(
    ['/about', '/product/p-020'].map((path) => ({ path, width_class: 'phone', page_height: 4210, title: 'Tea' })),
  )
})

test('a copy that is none is refused by the name of what is wrong', async () => {
  const view = viewOf(30, { path: '/none', version: 'd'.repeat(16) })
  expect((await sendCopy({ view })).body.errors).toEqual([{ path: 'snapshot', message: 'must be an object' }])
  const { status, body } = await sendCopy({ view, snapshot: { node: 'x' } })
  expect([status, body.errors]).toEqual([422, [{ path: 'snapshot.node', message: 'must be a node of rrweb-snapshot' }]])
  const long = 'x'.repeat(4 * 2 ** 20)
  expect((await sendCopy({ view, snapshot: { node: page(long) } }, true)).status).toBe(413)
})

test('personal data planted anywhere never reaches the disk', async () => {
  const [mail, phone] = ['planted@person.example', '13987654321']
  const view = viewOf(40, { url: `https://shop.example/me?email=${mail}#${phone}`, path: `/me/${mail}`, title: `${mail} ${phone}`, visitorId: mail, sessionId: phone, variant: mail, version: 'e'.repeat(16) }) // biome-ignore format: one view
  const clicks = [
    click(1, { selector: `a#${mail}`, href: `/m?phone=${phone}`, text: phone, module: mail, state: `dialog:${mail}` }),
    click(2, { x: 'wrong', text: `${mail} ${phone}` }),
  ]
  await send({ view, clicks, reading: reading(1, { modules: [module(mail)] }) })
  await sendCopy({ view, snapshot: { node: page(`${mail} ${phone}`), note: mail } })
  await sendCopy({ view: { ...view, id: 'x' }, snapshot: { node: page(phone) } })
  for (const table of [
    'page_clicks',
    'page_readings',
    'module_readings',
    'page_snapshots',
    'snapshot_contents',
    'rejected_events',
  ]) {
    const rows = await ingest.ask(`SELECT * FROM ${table}`)
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toMatch(/planted@person|13987654321/)
  }
})
