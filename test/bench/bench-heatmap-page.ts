/// <reference lib="dom" />
import { createClient } from '@clickhouse/client'
import type { BrowserContext } from 'playwright-core'
import type { Add } from './figure.ts'

const clicks = 1_000_000
const limits = { openMs: 1000, taskMs: 300 }

const card = (module: string) => `[data-module="${module}"]>ul>li:nth-of-type(%)>a>img`
/** Elements of the demo shop's home page; % is a number. */
const elements = ['#logo', '#draw', '#prize', '#open-menu', '#to-cart', card('flash-sale'), card('new-arrivals'), card('for-you')] // biome-ignore format: a list

const insert = `
  INSERT INTO page_clicks (store_id, path, view_id, n, occurred_at, received_at, visitor_id, version, width_class, width, height, selector, x, y)
  SELECT 'demo', '/', concat('0199c3a0-0000-7000-8000-', leftPad(hex(intDiv(number, 10)), 12, '0')), number % 10, now64(3) - INTERVAL 1 HOUR, now64(3),
    concat('bench-', toString(intDiv(number, 10))), '', 'laptop', 1280, 720,
    replaceOne({elements:Array(String)}[1 + number % length({elements:Array(String)})], '%', toString(1 + intHash64(number) % 4)),
    randCanonical(1), randCanonical(2)
  FROM numbers({clicks:UInt64})`

interface Drawn {
  at: number
  points: number
  tasks: number[]
}

/** The heatmap of a page with a million clicks: until it is drawn, and what the drawing holds up. */
export async function benchHeatmapPage(
  add: Add,
  { warehouse, context }: { warehouse: string; context: BrowserContext },
): Promise<void> {
  const client = createClient({ url: warehouse, request_timeout: 120_000 })
  await client.command({ query: insert, query_params: { elements, clicks } })
  await client.close()
  const open = async () => {
    const page = await context.newPage()
    await page.addInitScript(() => {
      const drawn: Drawn = { at: 0, points: 0, tasks: [] }
      Object.assign(globalThis, { __drawn: drawn })
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) drawn.tasks.push(duration)
      }).observe({ type: 'longtask', buffered: true })
      addEventListener(
        'heatmap-drawn',
        (event) => {
          drawn.at ||= performance.now()
          drawn.points ||= (event as CustomEvent<{ points: unknown[] }>).detail.points.length
        },
        true,
      )
    })
    await page.goto('/stores/demo/heatmaps/page?path=%2F&width_class=laptop')
    await page.waitForFunction(() => (globalThis as unknown as { __drawn: Drawn }).__drawn.points > 10_000)
    await page.waitForTimeout(500)
    const drawn = await page.evaluate(() => (globalThis as unknown as { __drawn: Drawn }).__drawn)
    await page.close()
    return drawn
  }
  const cold = await open()
  const warm = await open()
  const ms = (value: number) => `${value.toFixed(0)} ms`
  const what = `heatmap of ${clicks} clicks`
  add(`${what}, drawn, the first time`, ms(cold.at), ms(limits.openMs), cold.at / limits.openMs)
  add(`${what}, drawn, again`, ms(warm.at), ms(limits.openMs), warm.at / limits.openMs)
  const task = Math.max(0, ...cold.tasks, ...warm.tasks)
  add(`${what}, longest task, ${warm.points} points`, ms(task), ms(limits.taskMs), task / limits.taskMs)
}
