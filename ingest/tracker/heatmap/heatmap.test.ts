import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { until } from '../../testing.ts'
import { fill, heatmapBodies, leave, openHeatmap } from '../testing/open-heatmap.ts'
import { openTestShop, type TestShop } from '../testing/open-shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())
afterEach(() => shop.clear())

const own = (content: string, script?: string) => fill(shop, content, script)
const bodies = async (count = 1) => {
  await until(`${count} readings came`, () => heatmapBodies(shop).length >= count, 20_000)
  return heatmapBodies(shop)
}
const clicked = async (count: number) => {
  const all = () => heatmapBodies(shop).flatMap(({ clicks }) => clicks)
  await until(`${count} clicks came`, () => all().length >= count, 20_000)
  return all()
}

test('a click is told by its element, where in it, its module, card, link and text', async () => {
  own(`
    <style>body{margin:0} li{height:100px} button{width:200px;height:40px;border:0}</style>
    <header data-module="head"><button id="pay">Pay 13812345678</button></header>
    <main><ul data-module="new"><li><a href="/p/1?x=1">Cup</a></li><li><a href="#2">Bowl</a></li><li><a href="/p/3">A very long name of a plate that goes on</a></li></ul>
    <svg width="100" height="100"><g><circle cx="50" cy="50" r="40"/></g></svg></main>`)
  const page = await openHeatmap(shop)
  await page.click('#pay', { position: { x: 150, y: 10 } })
  await page.click('li:nth-of-type(2) a')
  await page.click('li:nth-of-type(3)', { position: { x: 300, y: 90 } })
  await page.click('circle')
  await sleep(1200)
  await leave(page)
  const told = (await clicked(4)).map(({ n, selector, x, y, module, slot, href, text }) => [n, selector, x, y, module, slot, href, text]) // biome-ignore format: one line
  expect(told).toEqual([
    [0, '#pay', 0.75, 0.25, 'head', 0, '', 'Pay ***********'],
    [1, '[data-module="new"]>li:nth-of-type(2)>a', expect.closeTo(0.5, 1), expect.closeTo(0.5, 1), 'new', 2, '/#2', 'Bowl'], // biome-ignore format: one line
    [2, '[data-module="new"]>li:nth-of-type(3)', expect.any(Number), 0.9, 'new', 3, '', 'A very long name of a pla'],
    [3, 'html>body>main>svg', 0.5, 0.5, '', 0, '', ''],
  ])
  const rows = await shop.ingest.ask(
    'SELECT n, selector, text, href, module, slot FROM page_clicks FINAL WHERE n < 2 ORDER BY n',
  )
  expect(rows).toEqual([
    { n: 0, selector: '#pay', text: 'Pay ***********', href: '', module: 'head', slot: 0 },
    { n: 1, selector: '[data-module="new"]>li:nth-of-type(2)>a', text: 'Bowl', href: '/', module: 'new', slot: 2 },
  ])
})

test('dead is what nothing came of, rage is three at once, and an error that follows is told', async () => {
  own(
    `<p id="text">Text</p><button id="works">Works</button><button id="throws">Throws</button>
     <button id="rejects">Rejects</button><input id="field"><a id="slow" href="/slow">Slow</a><a id="stopped" href="/stopped">Stopped</a><output></output>`,
    `works.onclick = () => { document.querySelector('output').textContent = 'yes' }
     throws.onclick = () => { throw new Error('no') }
     rejects.onclick = () => { Promise.reject(new Error('no')) }
     stopped.onclick = (event) => event.preventDefault()
     slow.onclick = (event) => setTimeout(() => {}, 0)`,
  )
  const page = await openHeatmap(shop)
  const press = async (selector: string) => {
    await page.click(selector)
    await sleep(1100)
  }
  for (const selector of ['#works', '#throws', '#rejects', '#field', '#stopped']) await press(selector)
  for (let at = 0; at < 3; at++) await page.click('#text')
  await sleep(1200)
  await page.click('#slow', { noWaitAfter: true })
  const told = (await clicked(9)).map(({ selector, dead, rage, error }) => [selector, dead, rage, error])
  expect(told).toEqual([
    ['#works', false, false, false],
    ['#throws', true, false, true],
    ['#rejects', true, false, true],
    ['#field', false, false, false],
    ['#stopped', true, false, false],
    ['#text', true, true, false],
    ['#text', true, true, false],
    ['#text', true, true, false],
    ['#slow', false, false, false],
  ])
})

test('what changes inside a shadow root is a reaction too', async () => {
  own(
    '<div id="host"></div>',
    `const root = host.attachShadow({ mode: 'open' }); root.innerHTML = '<button id="reacts">0</button><button id="idle">0</button>'
     root.getElementById('reacts').onclick = ({ target }) => { target.textContent = '1' }`,
  )
  const page = await openHeatmap(shop)
  for (const id of ['reacts', 'idle']) {
    await page.click(`#${id}`)
    await sleep(1200)
  }
  await leave(page)
  expect((await clicked(2)).map(({ selector, dead }) => [selector, dead])).toEqual([
    ['#host >>> #reacts', false],
    ['#host >>> #idle', true],
  ])
})

test('what lies over the page is a state of its own, and what stays on the screen says so', async () => {
  own(
    `<style>header{position:sticky;top:0} .over{position:fixed;inset:40px} .menu{position:absolute;top:200px}</style>
     <header><button id="open">Open</button></header>
     <dialog id="cart"><button id="buy">Buy</button></dialog>
     <div class="over" role="dialog" id="coupon" hidden><button id="take">Take</button></div>
     <div class="menu" role="menu" id="list" hidden><a id="tea" href="#tea">Tea</a></div>
     <div role="listbox" id="still"><button id="one">One</button></div>`,
    `open.onclick = () => cart.showModal(); buy.onclick = () => { cart.close(); coupon.hidden = false }
     take.onclick = () => { coupon.hidden = true; list.hidden = false }`.replace(
      'open.onclick',
      `document.getElementById('open').onclick`,
    ),
  )
  const page = await openHeatmap(shop)
  for (const id of ['open', 'buy', 'take', 'tea', 'one']) await page.click(`#${id}`)
  await sleep(1200)
  await leave(page)
  expect((await clicked(5)).map(({ selector, state, fixed }) => [selector, state, fixed])).toEqual([
    ['#open', '', true],
    ['#buy', 'dialog:#cart', true],
    ['#take', 'dialog:#coupon', true],
    ['#tea', 'menu:#list', false],
    ['#one', '', false],
  ])
})

test('a module is seen when half of it was on the screen for a second; reach and attention are of the page’s height', async () => {
  own(`
    <style>body{margin:0} section{height:1000px} .row{display:flex;overflow:hidden;width:300px;height:200px} .row>div{flex:none;width:300px}</style>
    <section data-module="top"><div class="row"><div data-slot="1"><a href="#a">A</a></div><div data-slot="2"><a href="#b">B</a></div></div></section>
    <section data-module="middle"></section><section data-module="low"></section><section data-module="foot"></section>`)
  const page = await openHeatmap(shop, '/', { width: 800, height: 1000 })
  await sleep(1500)
  await page.click('[data-slot="1"] a')
  await page.evaluate(() => scrollTo(0, 1000))
  await sleep(1500)
  // Not long enough.
  await page.evaluate(async () => {
    scrollTo(0, 2000)
    await new Promise((done) => setTimeout(done, 100))
    scrollTo(0, 0)
  })
  await sleep(1500)
  await leave(page)
  const last = (await bodies()).at(-1)
  const modules = last?.reading.modules.map(({ module, slot, position, top, bottom, exposures, clicks }) => [module, slot, position, top, bottom, exposures, clicks]) // biome-ignore format: one line
  expect(modules).toEqual([
    ['top', 0, 1, 0, 0.25, 2, 1],
    ['top', 1, 1, 0, 0.05, 2, 1],
    ['top', 2, 1, 0, 0.05, 0, 0],
    ['middle', 0, 2, 0.25, 0.5, 1, 0],
    ['low', 0, 3, 0.5, 0.75, 0, 0],
    ['foot', 0, 4, 0.75, 1, 0, 0],
  ])
  const [top, , , middle] = last?.reading.modules ?? []
  expect(top?.visibleMs).toBeGreaterThan(2500)
  expect(middle?.visibleMs).toBeGreaterThan(1300)
  expect(middle?.visibleMs).toBeLessThan(top?.visibleMs ?? 0)
  // 3,000 of 4,000 px were seen: bands 0 to 37 of 50, of which the first quarter was looked at longest.
  expect(last?.reading.reach).toBe(37)
  const [first, second, third, fourth] = [5, 20, 30, 45].map((band) => last?.reading.attention[band] ?? 0)
  expect(first).toBeGreaterThan(second ?? 0)
  expect(second).toBeGreaterThan(third ?? 0)
  expect(fourth).toBe(0)
})

test('without data-module the landmarks are modules, and cards are told by their place', async () => {
  const card = (name: string) => `<li class="card"><a href="#${name}">${name}</a></li>`
  own(`<header><nav><a href="#home" id="home">Home</a></nav></header>
    <main><section id="hero"><a href="#hero" id="big">Hero</a></section><section><ul>${['a', 'b', 'c'].map(card).join('')}</ul></section>
    <div><ol class="more">${['d', 'e', 'f'].map(card).join('')}</ol></div></main>`)
  const page = await openHeatmap(shop)
  await page.click('#home')
  await page.click('#big')
  await page.click('a[href="#b"]')
  await page.click('a[href="#f"]')
  await sleep(1200)
  await leave(page)
  expect((await clicked(4)).map(({ module, slot }) => [module, slot])).toEqual([
    ['html>body>header', 0],
    ['#hero', 0],
    ['html>body>main>section:nth-of-type(2)', 2],
    ['html>body>main>div>ol', 3],
  ])
})

test('the same structure is one version however long a list is, another one is another', async () => {
  const list = (length: number) => `<ul>${'<li><b>x</b></li>'.repeat(length)}</ul>`
  const versions: string[] = []
  for (const [path, content] of [
    ['/a', list(2)],
    ['/b', list(7)],
    ['/c', `${list(2)}<form><input></form>`],
  ] as const) {
    own(content)
    const page = await openHeatmap(shop, path)
    await leave(page)
    await until(`the reading of ${path} came`, () => heatmapBodies(shop).some(({ view }) => view.path === path))
    versions.push(heatmapBodies(shop).find(({ view }) => view.path === path)?.view.version ?? '')
  }
  const [two, seven, other] = versions
  expect(two).toMatch(/^[0-9a-f]{16}$/)
  expect(seven).toBe(two)
  expect(other).not.toBe(two)
})

test('a navigation within the page is another view, with clicks of its own', async () => {
  own('<button id="go">Go</button>', `go.onclick = () => history.pushState({}, '', '/second')`)
  const page = await openHeatmap(shop, '/first')
  await page.click('#go')
  await until('the first view is told', () => heatmapBodies(shop).some(({ clicks }) => clicks.length === 1))
  await page.click('#go')
  await sleep(1200)
  await leave(page)
  await until(
    'the second view is told',
    () => heatmapBodies(shop).filter(({ clicks }) => clicks.length === 1).length === 2,
  )
  const told = heatmapBodies(shop).filter(({ clicks }) => clicks.length > 0)
  expect(told.map(({ view, clicks, reading }) => [view.path, clicks[0]?.n, reading.seq])).toEqual([
    ['/first', 0, 0],
    ['/second', 0, 0],
  ])
  expect(new Set(told.map(({ view }) => view.id)).size).toBe(2)
})

test('nothing is told without consent, and nothing where the store wants nothing', async () => {
  shop.tag = 'data-consent="required"'
  own('<button id="go">Go</button>')
  const page = await shop.open()
  await page.goto(shop.shop)
  await page.click('#go')
  await sleep(1500)
  await leave(page)
  await sleep(300)
  expect(heatmapBodies(shop)).toEqual([])
  expect(shop.requests.filter(({ path }) => path.startsWith('/g/'))).toEqual([])
})

test('a hostile page is told without an error', async () => {
  own(
    `<html dir="rtl"><div id="many"></div><div id="host"></div><iframe src="/inner" id="frame"></iframe>
     <div style="transform:rotate(30deg) scale(1.3);zoom:1.5;width:200px"><button id="turned">Turned</button></div>
     <svg width="80" height="80"><use href="#nothing"/><foreignObject width="80" height="80"><div id="foreign">In</div></foreignObject></svg>`,
    `const root = host.attachShadow({ mode: 'open' }); root.innerHTML = '<section><button>Shadow</button></section>'
     let inner = '<i><b></b></i>'.repeat(10); inner = ('<div class="x"><span>' + inner + '</span></div>').repeat(900)
     many.innerHTML = inner
     window.errors = []; addEventListener('error', (event) => window.errors.push(event.message))`,
  )
  const page = await openHeatmap(shop)
  expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeGreaterThan(19_000)
  await sleep(500)
  await page.evaluate(() => document.querySelector('#host')?.shadowRoot?.querySelector('button')?.scrollIntoView())
  await page.click('#host button')
  await page.click('#turned')
  await page.click('#foreign')
  await page.click('#frame')
  await sleep(1200)
  const errors = await page.evaluate(() => (window as unknown as { errors: string[] }).errors)
  await leave(page)
  const told = await clicked(3)
  expect(told.map(({ selector }) => selector)).toEqual(['#host >>> :host>section>button', '#turned', '#foreign'])
  expect(errors).toEqual([])
})
