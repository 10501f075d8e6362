/// <reference lib="dom" />
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import type { Add } from './figure.ts'

const clicks = 2000
const limits = { clickMs: 1, longTaskMs: 50 }

interface Told {
  perClick: number
  longest: number
}

/** Clicks a button that sends an event, as deep in a page as a shop's are. Runs in the page. */
async function clickAway(count: number): Promise<Told> {
  const tasks: number[] = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  const button = document.querySelector('button')
  let spent = 0
  for (let done = 0; done < count; done += 10) {
    const began = performance.now()
    for (let at = 0; at < 10; at++) button?.click()
    spent += performance.now() - began
    // Between them the page may do what it has to.
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await new Promise((resolve) => setTimeout(resolve, 1000))
  return { perClick: spent / count, longest: Math.max(0, ...tasks) }
}

/** What the tracker costs the page it is on: a click, with ingest there and with ingest away, and the longest task. */
export async function benchTracker(
  add: Add,
  { ingest, key, browser }: { ingest: string; key: string; browser: Browser },
): Promise<void> {
  const deep = (depth: number): string =>
    depth === 0
      ? '<button data-event="add_to_wishlist" data-event-sku="sku-1">♥</button>'
      : `<div>${deep(depth - 1)}</div>`
  const tag = `<script defer src="${ingest}/g.js" data-key="${key}" data-heatmap="off"></script>`
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(`<!doctype html><title>Shop</title>${request.url === '/with' ? tag : ''}<body>${deep(20)}</body>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const shop = `http://localhost:${(server.address() as AddressInfo).port}`
  const measure = async (path: string, away = false): Promise<Told> => {
    const page = await browser.newPage()
    await page.goto(shop + path)
    if (path === '/with') await page.waitForFunction(() => 'guanlan' in globalThis)
    await page.context().setOffline(away)
    const told = await page.evaluate(clickAway, clicks)
    await page.close()
    return told
  }
  const without = await measure('/without')
  for (const [name, away] of [
    ['there', false],
    ['away', true],
  ] as const) {
    const { perClick, longest } = await measure('/with', away)
    const cost = perClick - without.perClick
    add(
      `tracker, cost of a click, ingest ${name}`,
      `${cost.toFixed(3)} ms`,
      `${limits.clickMs} ms`,
      cost / limits.clickMs,
    )
    add(`tracker, longest task, ingest ${name}`, `${longest.toFixed(0)} ms`, `${limits.longTaskMs} ms`, longest / limits.longTaskMs) // biome-ignore format: one figure
  }
  server.closeAllConnections()
  server.close()
}
