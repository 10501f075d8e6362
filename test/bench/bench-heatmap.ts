/// <reference lib="dom" />
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import type { Add } from './figure.ts'

const clicks = 200
const limits = { clickMs: 1, sliceMs: 50 }
const userAgent = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36'

interface Seen {
  spent: number
  heard: number
  tasks: { start: number; duration: number }[]
}

/** Runs in the page before all else: takes the time that listeners of clicks take, and notes long tasks. */
function watch() {
  Object.defineProperty(navigator, 'webdriver', { get: () => false })
  const seen: Seen = { spent: 0, heard: 0, tasks: [] }
  Object.assign(globalThis, { __heatmap: seen })
  const own = EventTarget.prototype.addEventListener
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (type !== 'click' || typeof listener !== 'function') return own.call(this, type, listener, options)
    const timed = function (this: unknown, event: Event) {
      const began = performance.now()
      listener.call(this as EventTarget, event)
      seen.spent += performance.now() - began
      seen.heard++
    }
    return own.call(this, type, timed, options)
  }
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ start: startTime, duration })
  }).observe({ type: 'longtask', buffered: true })
}

/** A page of 20,000 nodes and 3,000 rules of style. */
const page = (tag: string) => `<!doctype html><title>Shop</title>${tag}
  <style>${Array.from({ length: 3000 }, (_, at) => `.c${at}{color:#333;margin:${at % 7}px}`).join('')}</style>
  <main>${'<div>'.repeat(20)}<button id="go">Go</button>${'</div>'.repeat(20)}
  ${`<section><span>${'<i><b>x</b></i>'.repeat(10)}</span></section>`.repeat(900)}</main>`

/** What the heatmap costs a large page: a click as a person makes it, and the copy of the page when ingest asks for one. */
export async function benchHeatmap(
  add: Add,
  { ingest, key, browser }: { ingest: string; key: string; browser: Browser },
): Promise<void> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(page(`<script defer src="${ingest}/g.js" data-key="${key}" data-vitals="off"></script>`))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const shop = `http://localhost:${(server.address() as AddressInfo).port}`
  const context = await browser.newContext({ userAgent })
  const open = async (path: string) => {
    const tab = await context.newPage()
    await tab.addInitScript(watch)
    const loaded = tab.waitForResponse(/\/g\/heatmap@/)
    await tab.goto(shop + path)
    await loaded
    return tab
  }
  // Ingest reads which copies there are when somebody tells of a page for the first time.
  const first = await open('/first')
  await first.waitForResponse(/\/v1\/heatmap/)
  await first.close()
  const tab = await open('/second')
  const copied = tab.waitForResponse(/\/v1\/heatmap\/snapshots/, { timeout: 60_000 })
  await copied
  await tab.waitForTimeout(500)
  const seen = () => tab.evaluate(() => (globalThis as unknown as { __heatmap: Seen }).__heatmap)
  const loadMs = await tab.evaluate(() => performance.getEntriesByType('navigation')[0]?.duration ?? 0)
  const longest = (tasks: Seen['tasks'], from: number) =>
    Math.max(0, ...tasks.filter(({ start }) => start > from).map(({ duration }) => duration))
  const slice = longest((await seen()).tasks, loadMs + 1000)
  add('heatmap, longest task while a page of 20,000 nodes is copied', `${slice.toFixed(0)} ms`, `${limits.sliceMs} ms`, slice / limits.sliceMs) // biome-ignore format: one figure
  const before = await seen()
  const since = await tab.evaluate(() => performance.now())
  for (let at = 0; at < clicks; at++) await tab.click('#go')
  await tab.waitForTimeout(1500)
  const after = await seen()
  const cost = (after.spent - before.spent) / clicks
  add('heatmap, cost of a click on a page of 20,000 nodes', `${cost.toFixed(3)} ms`, `${limits.clickMs} ms`, cost / limits.clickMs) // biome-ignore format: one figure
  const task = longest(after.tasks, since)
  add(
    'heatmap, longest task while it is clicked',
    `${task.toFixed(0)} ms`,
    `${limits.sliceMs} ms`,
    task / limits.sliceMs,
  )
  await context.close()
  server.closeAllConnections()
  server.close()
}
