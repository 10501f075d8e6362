import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { until } from '../../testing.ts'
import { fill, type HeatmapBody, heatmapBodies, leave, openHeatmap } from '../testing/open-heatmap.ts'
import { openTestShop, type TestShop } from '../testing/open-shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())
afterEach(() => shop.clear())

const screen = { width: 800, height: 1000 }

/** The last that was told of a page that was left. */
const last = async (path: string): Promise<HeatmapBody> => {
  const of = () => heatmapBodies(shop).filter(({ view }) => view.path === path)
  await until(`${path} is told`, () => of().length > 0, 20_000)
  await sleep(300)
  return of().at(-1) as HeatmapBody
}
const exposures = ({ reading }: HeatmapBody) =>
  reading.modules.map(({ module, exposures }) => [module, exposures] as const)

test('a module of many screens is seen when it fills half of one', async () => {
  fill(
    shop,
    `<style>body{margin:0} section{height:20000px}</style>
     <section data-module="long"></section><section data-module="after"></section><section data-module="last"></section>`,
  )
  const visit = async (path: string, y: number) => {
    const page = await openHeatmap(shop, path, screen)
    // By a hair at first: what comes then is too small a part of the module to be told of.
    for (const [to, ms] of [
      [19_010, 700],
      [y, 2500],
    ] as const) {
      // biome-ignore format: one line
      await page.evaluate((place) => scrollTo(0, place), to)
      await sleep(ms)
    }
    await leave(page)
    return exposures(await last(path))
  }
  const all = (long: number, after: number) => [['long', long], ['after', after], ['last', 0]] // biome-ignore format: one line
  expect(await visit('/middle', 10_000)).toEqual(all(1, 0))
  expect(await visit('/border', 19_300)).toEqual(all(1, 0))
  const beyond = await visit('/beyond', 19_700)
  expect(beyond[1]).toEqual(['after', 1])
})

test('a view within the page begins when that has come to rest: what the one before showed is not of it', async () => {
  fill(
    shop,
    `<style>body{margin:0} section{height:1000px} #go{position:fixed;top:0}</style><button id="go">Go</button><main id="page"></main>`,
    `const show = (...names) => { page.innerHTML = names.map((name) => '<section data-module="' + name + '"></section>').join('') }
     show('first', 'second', 'third', 'shared')
     let views = 0
     go.onclick = () => {
       history.pushState({}, '', '/view/' + ++views)
       // The route has to be fetched first.
       setTimeout(() => { show('other', 'more', 'most', 'shared'); scrollTo(0, 0) }, 1500)
     }`,
  )
  const page = await openHeatmap(shop, '/view/0', screen)
  await page.evaluate(() => scrollTo(0, 3000))
  await sleep(1500)
  await page.click('#go')
  await sleep(4500)
  await page.evaluate(() => scrollTo(0, 3000))
  await page.click('#go')
  await sleep(200)
  await leave(page)
  const before = await last('/view/0')
  expect(before.reading.reach).toBe(49)
  expect(Object.fromEntries(exposures(before))).toMatchObject({ shared: 1 })
  const view = await last('/view/1')
  expect(exposures(view)).toEqual([['other', 1], ['more', 0], ['most', 0], ['shared', 0]]) // biome-ignore format: one line
  // It was left before it was there.
  const left = await last('/view/2')
  expect([left.reading.reach, left.reading.modules]).toEqual([0, []])
  expect(left.reading.attention.every((ms) => ms === 0)).toBe(true)
})

test('a page that scrolls by itself is looked at by nobody until somebody touches it', async () => {
  fill(
    shop,
    '<style>body{margin:0;height:4000px}</style>',
    'const now = performance.now.bind(performance); window.passed = 0; performance.now = () => now() + window.passed',
  )
  const visit = async (path: string, isTouched: boolean) => {
    const page = await openHeatmap(shop, path, screen)
    await sleep(1000)
    await page.evaluate(() => Object.assign(window, { passed: 31_000 }))
    await sleep(700)
    await page.evaluate(() => scrollTo(0, 3000))
    if (isTouched) await page.mouse.wheel(0, 10)
    await sleep(1500)
    await leave(page)
    const { reach, attention } = (await last(path)).reading
    return [reach, (attention[5] ?? 0) > 0, (attention[45] ?? 0) > 0]
  }
  expect(await visit('/alone', false)).toEqual([49, true, false])
  expect(await visit('/touched', true)).toEqual([49, true, true])
})

test('the longer it takes to look for modules, the longer nobody looks, and no more are looked at than are told', async () => {
  fill(
    shop,
    `<div id="many">${'<section data-module="m"></section>'.repeat(700)}</div><output></output>`,
    `const now = performance.now.bind(performance); let passed = 0; performance.now = () => now() + passed
     window.looks = { all: 0, inside: 0 }
     const all = document.querySelectorAll.bind(document)
     document.querySelectorAll = (wanted) => { if (wanted === '[data-module]') { looks.all++; passed += 500 } return all(wanted) }
     const inside = Element.prototype.querySelectorAll
     Element.prototype.querySelectorAll = function (wanted) { if (/^.data-slot/.test(wanted)) looks.inside++; return inside.call(this, wanted) }
     setInterval(() => { document.querySelector('output').innerHTML = '<i></i>' }, 50)`,
  )
  const page = await openHeatmap(shop)
  await sleep(3500)
  expect(await page.evaluate(() => (window as unknown as { looks: object }).looks)).toEqual({ all: 1, inside: 500 })
})
