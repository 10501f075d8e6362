/// <reference lib="dom" />
import { gzipSync } from 'node:zlib'
import type { BrowserContext, Page, Response } from 'playwright-core'

/** How a page came to be, as the browser saw it. Times are milliseconds from the navigation. */
export interface PageFigures {
  /** Clicks are heard. */
  interactive: number
  /** Every panel has its numbers. */
  complete: number
  /** Scripts loaded before the page was interactive, gzip, in bytes: charts come after. */
  scriptBytes: number
  /** Cumulative layout shift. */
  shift: number
  /** The longest that the main thread was busy at a stretch, before the page was interactive and afterwards. */
  taskBefore: number
  taskAfter: number
}

interface Seen {
  interactive: number
  complete: number
  shift: number
  tasks: { start: number; duration: number }[]
}

/** Runs in the page before all else, and keeps in `__seen` what the browser tells. */
function watch() {
  const seen: Seen = { interactive: 0, complete: 0, shift: 0, tasks: [] }
  Object.assign(globalThis, { __seen: seen })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ start: startTime, duration })
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) seen.shift += entry.value
    }
  }).observe({ type: 'layout-shift', buffered: true })
  new MutationObserver(() => {
    const { documentElement: html } = document
    if (html?.dataset.hydrated && !seen.interactive) seen.interactive = performance.now()
    if (seen.interactive && !document.querySelector('main [aria-busy=true]')) seen.complete ||= performance.now()
  }).observe(document, { attributes: true, childList: true, subtree: true })
}

/** The addresses of the scripts that are asked for meanwhile. */
async function scriptsOf(page: Page, load: () => Promise<void>): Promise<string[]> {
  const scripts = new Set<string>()
  const count = (response: Response) => {
    if (response.request().resourceType() === 'script') scripts.add(response.url())
  }
  page.on('response', count)
  await load()
  page.off('response', count)
  return [...scripts]
}

/** How much they weigh with gzip, in bytes; the page asks for them once more, of its cache. */
async function weightOf(page: Page, scripts: string[]): Promise<number> {
  const texts = await page.evaluate((urls) => Promise.all(urls.map(async (url) => (await fetch(url)).text())), scripts)
  return texts.reduce((sum, text) => sum + gzipSync(text).length, 0)
}

async function seenOf(page: Page): Promise<Seen> {
  await page.waitForFunction(() => (globalThis as unknown as { __seen: Seen }).__seen.complete > 0)
  // A shift or a long task may follow the last number: charts are drawn after it.
  await page.waitForTimeout(1000)
  return page.evaluate(() => (globalThis as unknown as { __seen: Seen }).__seen)
}

/** Opens a page in a context that has not been used for it: the first load is cold, the second warm. */
export async function measurePage(
  context: BrowserContext,
  path: string,
): Promise<{ cold: PageFigures; warm: PageFigures }> {
  const page = await context.newPage()
  await page.addInitScript(watch)
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.clearBrowserCache')
  const figures = async (): Promise<PageFigures> => {
    const scripts = await scriptsOf(page, async () => {
      await page.goto(path, { waitUntil: 'commit' })
      await page.waitForSelector('html[data-hydrated]')
    })
    const { tasks, ...seen } = await seenOf(page)
    const longest = (some: Seen['tasks']) => Math.max(0, ...some.map(({ duration }) => duration))
    return {
      ...{ scriptBytes: await weightOf(page, scripts), ...seen },
      taskBefore: longest(tasks.filter(({ start }) => start < seen.interactive)),
      taskAfter: longest(tasks.filter(({ start }) => start >= seen.interactive)),
    }
  }
  const cold = await figures()
  const warm = await figures()
  await page.close()
  return { cold, warm }
}
