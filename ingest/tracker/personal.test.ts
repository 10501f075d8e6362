import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { usualTracking } from '@guanlan/warehouse/settings/tracking'
import { writeSetting } from '@guanlan/warehouse/settings/write'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys, until } from '../testing.ts'
import { askForCopies, heatmapBodies, leave, openAsVisitor } from './testing/open-heatmap.ts'
import { openTestShop, type TestShop } from './testing/open-shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
  await askForCopies(shop)
})
afterAll(() => shop.close())

const content = `
  <p id="text">Call 138 1234 5678 or mail wang.fang@example.com, ID 11010119900307123X, order 2026112600012345</p>
  <input value="given-name-attr" id="name"><input type="hidden" value="hidden-token-9f"><textarea>written-by-hand</textarea>
  <select><option value="secret-option" label="label-of-wang">addressee-nanjing</option></select><output>told-output</output><input type="submit" value="Buy now">
  <div data-mask id="masked">Wang Fang</div><div contenteditable>typed-note</div><div data-block id="blocked">blocked-text</div>
  <a href="#orders?phone=13812345678&name=wang" id="link" title="of wang.fang@example.com" data-user="wang.fang@example.com">Order of 13812345678</a>
  <div class="customer"><button id="owned">owner-button</button></div><span class="rr-mask">recorder-masked</span><div class="rr-block"><b>recorder-blocked</b></div>
  <div data-mask><a href="/u/profile-of-wang" title="title-of-wang" aria-label="aria-of-wang"><img alt="alt-of-wang"></a></div>
  <p><button id="half">Hello <span data-mask>half-hidden</span></button></p>
  <svg width="40" height="40"><a href="#svg-link"><circle id="dot" cx="20" cy="20" r="20"/></a></svg>
  <iframe src="https://pay.invalid/frame?session=frame-session"></iframe><i data-src="https://cdn.invalid/a?sig=data-signature">i</i>
  <b style="background:url(/x?css=css-token)">b</b>
  <section data-module="for wang.fang@example.com"><button id="inner">Hello wang.fang@example.com</button></section>
  <img alt="wang.fang@example.com" src="/a.png?token=secret-token">
  <!-- secret-comment --><script>window.secretScript = 1</script><noscript>secret-noscript</noscript>
  <button onclick="secretHandler()">Go</button>`

/** What must not be told by the browser, and what must not come to the disk. */
const hidden = [
  ...[
    'given-name-attr',
    'hidden-token-9f',
    'written-by-hand',
    'secret-option',
    'typed-value',
    'Wang Fang',
    'typed-note',
  ],
  ...['label-of-wang', 'addressee-nanjing', 'told-output', 'owner-button', 'recorder-masked', 'recorder-blocked'],
  ...['profile-of-wang', 'title-of-wang', 'aria-of-wang', 'alt-of-wang', 'half-hidden', 'name=wang'],
  ...['frame-session', 'data-signature', 'css-token'],
  ...['blocked-text', 'secret-token', 'secret-comment', 'secretScript', 'secret-noscript', 'secretHandler'],
]
const personal = ['138 1234 5678', '13812345678', 'wang.fang', '11010119900307123X', '2026112600012345']

/** What the store masks besides. */
async function setMasks(mask: string[]): Promise<void> {
  const { warehouse, redis } = shop.ingest.world
  const value = { ...usualTracking, mask }
  const document = { kind: 'tracking', store_id: 'main', id: 'tracking', read_version: 0, actor: 'test' } as const
  await writeSetting({ warehouse, redis }, { ...document, value })
  await until('the tracker is told', async () => {
    const answer = await shop.ingest.app.request(`/g/config?key=${keys.write}`)
    return ((await answer.json()) as { mask: string[] }).mask.includes('.customer')
  })
}

const found = (text: string, wanted: readonly string[]) => wanted.filter((each) => text.includes(each))

async function spooled(directory: string): Promise<string> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true })
  const texts = files
    .filter((file) => file.isFile() && !file.parentPath.includes('tracker'))
    .map((file) => readFile(join(file.parentPath, file.name), 'latin1').catch(() => ''))
  return (await Promise.all(texts)).join('')
}

test('what is personal in fields, texts and addresses never comes to the disk', async () => {
  shop.content = content
  await setMasks(['.customer'])
  let disk = ''
  const reading = setInterval(async () => {
    const now = await spooled(shop.ingest.directory)
    if (!disk.includes(now)) disk += now
  }, 20)
  const page = await openAsVisitor(shop, '/personal?email=wang.fang@example.com&phone=13812345678')
  await page.fill('#name', 'typed-value')
  for (const id of ['text', 'masked', 'link', 'inner', 'name', 'owned', 'half', 'dot']) await page.click(`#${id}`)
  const copyOf = () => shop.requests.find(({ path }) => path === '/v1/heatmap/snapshots')?.body ?? ''
  await until('the copy came', () => copyOf() !== '', 30_000)
  await sleep(1200)
  await leave(page)
  await until('the clicks came', () => heatmapBodies(shop).flatMap(({ clicks }) => clicks).length >= 8)
  expect(found(shop.requests.map(({ body }) => body).join(), hidden)).toEqual([])
  const { node } = (JSON.parse(copyOf()) as { snapshot: { node: object } }).snapshot
  expect(found(JSON.stringify(node), [...hidden, ...personal])).toEqual([])
  expect(JSON.stringify(node)).toContain('Buy now')
  const tables = ['events', 'page_clicks', 'page_readings', 'module_readings', 'page_snapshots', 'snapshot_contents', 'rejected_events'] // biome-ignore format: one line
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const rows = await shop.ingest.ask<object>(`SELECT * FROM ${table}`)
    counts[table] = rows.length
    expect([table, found(JSON.stringify(rows), [...hidden, ...personal])]).toEqual([table, []])
  }
  expect(counts).toMatchObject({ page_clicks: 8, page_snapshots: 1, snapshot_contents: 1, rejected_events: 0 })
  clearInterval(reading)
  expect(disk).toContain('/personal')
  expect(found(disk, [...hidden, ...personal])).toEqual([])
})
