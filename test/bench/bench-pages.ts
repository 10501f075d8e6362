import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startProduct } from '../product.ts'
import { until } from '../until.ts'
import { benchHeatmap } from './bench-heatmap.ts'
import { benchHeatmapPage } from './bench-heatmap-page.ts'
import { benchTracker } from './bench-tracker.ts'
import type { Add } from './figure.ts'
import { measurePage } from './measure-page.ts'

const pages = ['overview', 'overview?period=last_12_months&grain=day', 'live', 'funnel', 'customers', 'returns', 'heatmaps', 'heatmaps/page?path=/&width_class=phone', 'week', 'connect', 'health', 'definitions', 'settings'] // biome-ignore format: a list
const limits = { coldMs: 2000, warmMs: 1000, scriptBytes: 150 * 1024, longTaskMs: 100, shift: 0.001 }
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] // biome-ignore format: a list

/** Sessions made in 20 s are those of live shoppers, not of a history that came at once. */
async function isFollowing(jobs: string): Promise<true | undefined> {
  const made = async () => {
    const metrics = await (await fetch(`${jobs}/metrics`)).text()
    return Number(/^guanlan_jobs_did_total\{queue="recompute",what="sessions"\} (\d+)/m.exec(metrics)?.[1] ?? 0)
  }
  const before = await made()
  await new Promise((resolve) => setTimeout(resolve, 20_000))
  return (await made()) - before < 2000 || undefined
}

/** The demo store, from an empty data directory to its last day, and its pages in a browser. */
export async function benchPages(add: Add): Promise<void> {
  const product = await startProduct({}, [])
  try {
    const began = performance.now()
    await until(
      'the demo store being filled',
      async () => {
        const state = await readFile(join(product.dataDir, 'demo', 'state.json'), 'utf8').catch(() => '{}')
        return JSON.parse(state).phase === 'live' || undefined
      },
      { seconds: 900, everyMs: 500 },
    )
    const filled = (performance.now() - began) / 1000
    add('demo store, 90 days filled', `${filled.toFixed(0)} s`, '120 s', filled / 120)
    // Whoever looks before reads raw facts, which is measured by the other bench.
    const behind = performance.now()
    await until('rollups having followed', () => isFollowing(product.jobs), { seconds: 600, everyMs: 1 })
    const followed = (performance.now() - behind) / 1000
    add('rollups have followed 90 days of facts after', `${followed.toFixed(0)} s`, '120 s', followed / 120)
    const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args })
    const context = await browser.newContext({ baseURL: product.dashboard, viewport: { width: 1440, height: 900 } })
    const login = await context.newPage()
    await login.goto('/login')
    await login.waitForSelector('html[data-hydrated]')
    await login.fill('input[name=email]', product.admin.email)
    await login.fill('input[name=password]', product.admin.password)
    await login.click('button[type=submit]')
    await login.waitForURL((at) => at.pathname !== '/login')
    await login.close()
    for (const name of pages) {
      const { cold, warm } = await measurePage(context, `/stores/demo/${name}`)
      const ms = (value: number) => `${value.toFixed(0)} ms`
      add(`${name}, interactive, cold`, ms(cold.interactive), ms(limits.coldMs), cold.interactive / limits.coldMs)
      add(`${name}, interactive, warm`, ms(warm.interactive), ms(limits.warmMs), warm.interactive / limits.warmMs)
      add(`${name}, every number there, warm`, ms(warm.complete), ms(limits.coldMs), warm.complete / limits.coldMs)
      const script = cold.scriptBytes / limits.scriptBytes
      add(`${name}, scripts before charts, gzip`, `${(cold.scriptBytes / 1024).toFixed(0)} KiB`, '150 KiB', script)
      const before = Math.max(cold.taskBefore, warm.taskBefore)
      const after = Math.max(cold.taskAfter, warm.taskAfter)
      add(`${name}, longest task until interactive`, ms(before), ms(limits.longTaskMs), before / limits.longTaskMs)
      add(`${name}, longest task afterwards`, ms(after), ms(limits.longTaskMs), after / limits.longTaskMs)
      const shift = Math.max(cold.shift, warm.shift)
      add(`${name}, layout shift`, shift.toFixed(4), String(limits.shift), shift / limits.shift)
    }
    await benchHeatmapPage(add, { warehouse: product.warehouse, context })
    await benchTracker(add, { ingest: product.ingest, key: product.keys.write, browser })
    await benchHeatmap(add, { ingest: product.ingest, key: product.keys.write, browser })
    await browser.close()
  } finally {
    await product.stop()
  }
}
