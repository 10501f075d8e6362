/// <reference lib="dom" />
import { gzipSync } from 'node:zlib'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'

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

/** The scripts that were asked for before a moment, as they weigh with gzip. */
async function scriptsOf(session: CDPSession, load: () => Promise<void>): Promise<number> {
  const scripts: string[] = []
  const count = ({ requestId, type }: { requestId: string; type: string }) => {
    if (type === 'Script') scripts.push(requestId)
  }
  session.on('Network.responseReceived', count)
  await load()
  session.off('Network.responseReceived', count)
  const bodies = scripts.map((requestId) => session.send('Network.getResponseBody', { requestId }))
  return (await Promise.all(bodies)).reduce((sum, { body }) => sum + gzipSync(body).length, 0)
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
    const scriptBytes = await scriptsOf(session, async () => {
      await page.goto(path, { waitUntil: 'commit' })
      await page.waitForSelector('html[data-hydrated]')
    })
    const { tasks, ...seen } = await seenOf(page)
    const longest = (some: Seen['tasks']) => Math.max(0, ...some.map(({ duration }) => duration))
    return {
      ...{ scriptBytes, ...seen },
      taskBefore: longest(tasks.filter(({ start }) => start < seen.interactive)),
      taskAfter: longest(tasks.filter(({ start }) => start >= seen.interactive)),
    }
  }
  const cold = await figures()
  const warm = await figures()
  await page.close()
  return { cold, warm }
}
