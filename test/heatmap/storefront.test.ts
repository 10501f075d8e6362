import { happeningsOn } from '@guanlan/demo/happenings'
import { layouts, screens } from '@guanlan/demo/layout'
import { serveStorefront } from '@guanlan/demo/storefront'
import { Visits } from '@guanlan/demo/visits'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

let browser: Browser
let shop: Awaited<ReturnType<typeof serveStorefront>>
beforeAll(async () => {
  shop = await serveStorefront({ host: '127.0.0.1', port: 0, tracker: { src: '/none.js' } })
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
})
afterAll(async () => {
  await browser.close()
  await shop.close()
})

interface Body {
  view: { path: string; width: number }
  clicks: { selector: string; module: string; slot: number; state: string }[]
}

/** A day of the demo store, in days since 1970: 2026-11-19. */
const day = Date.parse('2026-11-19') / 86_400_000
const bodies = () => {
  const made = { seed: 1, anchor: day + 1 }
  return [...happeningsOn(made, new Visits(made), day)].flatMap(({ views }) =>
    views.map(({ body }) => body as never as Body),
  )
}

test('what the demo’s shoppers press is in the storefront’s pages, in the module and the card that they tell', async () => {
  const byPath = new Map<string, Body['clicks']>()
  for (const { view, clicks } of bodies()) byPath.set(view.path, [...(byPath.get(view.path) ?? []), ...clicks])
  expect(byPath.size).toBeGreaterThan(50)
  const page = await browser.newPage()
  for (const [path, clicks] of byPath) {
    await page.goto(shop.url + path)
    const found = await page.evaluate(
      (all) =>
        all.map(({ selector, state }) => {
          const element = document.querySelector(selector)
          const module = element?.closest<HTMLElement>('[data-module]')
          const over = state && element?.closest(state.replace(/^\w+:/, ''))
          const slide = element?.closest('[data-slot]')?.getAttribute('data-slot')
          const cards = element?.closest('li')
          const place = cards?.parentElement ? [...cards.parentElement.children].indexOf(cards) + 1 : 0
          return [!!element && (!state || !!over), module?.dataset.module ?? '', Number(slide ?? place)]
        }),
      clicks,
    )
    expect([path, found]).toEqual([path, clicks.map(({ module, slot }) => [true, module, slot])])
  }
  await page.close()
})

test('modules lie where the demo’s readings say', async () => {
  const paths = { home: '/', category: '/category/tea', product: '/product/tea-001', checkout: '/checkout' } as const
  for (const [type, path] of Object.entries(paths) as [keyof typeof paths, string][])
    for (const [at, screen] of screens.entries()) {
      const page = await browser.newPage({ viewport: screen })
      await page.goto(shop.url + path)
      const places = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[data-module]')].map((element) => {
          const { top, bottom } = element.getBoundingClientRect()
          return [element.dataset.module, top, bottom] as const
        }),
      )
      const told = layouts[type][at]?.modules ?? []
      expect(places.map(([name]) => name)).toEqual(told.map(([name]) => name))
      // Fonts differ from machine to machine.
      for (const [index, [, top, bottom]] of told.entries()) {
        const [, realTop = 0, realBottom = 0] = places[index] ?? []
        const slack = 0.12 * (layouts[type][at]?.height ?? 0)
        expect(Math.abs(realTop - top)).toBeLessThan(slack)
        expect(Math.abs(realBottom - bottom)).toBeLessThan(slack)
      }
      await page.close()
    }
})
