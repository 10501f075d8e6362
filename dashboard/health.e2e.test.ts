import { openQueue } from '@guanlan/jobs/queues'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertEvent, insertRejected } from './testing/insert-arrivals.ts'
import { insertStore, insertUser } from './testing/insert-facts.ts'
import { insertFailedJob } from './testing/insert-failed-job.ts'
import { hydrated, logIn, openBrowser, violations } from './testing/open-browser.ts'
import { readKey, startDashboard } from './testing/start-dashboard.ts'

let dashboard: Awaited<ReturnType<typeof startDashboard>>
let browser: Awaited<ReturnType<typeof openBrowser>>
const jobs: Record<'main' | 'other' | 'kept', string> = { main: '', other: '', kept: '' }

const viewer = { email: 'viewer@example.com', password: 'a viewer’s password' }
const operator = { email: 'operator@example.com', password: 'an operator’s password' }

beforeAll(async () => {
  // Nobody listens on the port of ingest.
  dashboard = await startDashboard({ INGEST_INTERNAL_URL: 'http://127.0.0.1:1' })
  await insertStore(dashboard, 'main', { name: '观澜生活馆' })
  await insertStore(dashboard, 'other', { name: 'The other store' })
  await insertUser(dashboard, 'Viv', { ...viewer, roles: { main: 'viewer' } })
  await insertUser(dashboard, 'Olivia', { ...operator, roles: { main: 'operator' } })
  for (let each = 0; each < 30; each++) {
    await insertEvent(dashboard.warehouse, 'main', {
      ...{ message_id: `e${each}` },
      ...(each < 3 && { is_bot: true, bot_reasons: ['webdriver'] }),
    })
  }
  for (let each = 0; each < 10; each++) {
    await insertRejected(dashboard.warehouse, 'main', {
      rejected_id: `r${each}`,
      code: 'invalid_amount',
      path: 'price',
    })
  }
  jobs.main = await insertFailedJob(dashboard.redis, 'recompute', { store_id: 'main' }, 'ClickHouse is away.')
  jobs.kept = await insertFailedJob(dashboard.redis, 'compare', { store_id: 'main' }, 'The store is being recomputed.')
  jobs.other = await insertFailedJob(dashboard.redis, 'recompute', { store_id: 'other' }, 'Of the other store.')
  browser = await openBrowser(dashboard.url)
})
afterAll(async () => {
  await browser.close()
  await dashboard.stop()
})

const health = '/stores/main/health'

test('one sentence says what is broken and what to do, and each check says how it is', async () => {
  const page = await browser.newPage()
  await logIn(page, health)
  const verdict = page.locator('[data-verdict=broken]')
  await verdict.waitFor()
  expect(await verdict.textContent()).toContain('数据接收')
  expect(await verdict.textContent()).toContain('确认 ingest 进程在运行')
  const state = (name: string) => page.getAttribute(`[data-check=${name}]`, 'data-state')
  expect(
    await Promise.all(['ingest', 'freshness', 'rejected', 'bots', 'late', 'warehouse', 'redis'].map(state)),
  ).toEqual([
    // Of forty that came ten were rejected: a quarter.
    ...['broken', 'ok', 'broken', 'ok', 'ok', 'ok', 'ok'],
  ])
  // Nobody works on the queues.
  expect(await state('queues')).toBe('broken')
  expect(await page.locator('[data-table=events]').textContent()).toContain('30')
  await page.context().close()
})

test('the numbers are those of the read API', async () => {
  const page = await browser.newPage()
  await logIn(page, health)
  const number = (name: string) => page.locator(`[data-number=${name}] dd`).textContent()
  await page.waitForSelector('[data-number=rejected]')
  expect(await Promise.all(['events', 'rejected', 'bots', 'copies'].map(number))).toEqual(['30', '25%', '10%', '0'])
  expect(await page.locator('[data-count=invalid_amount]').textContent()).toContain('10')
  expect(await page.locator('[data-count=webdriver]').textContent()).toContain('3')
  const response = await fetch(`${dashboard.url}/api/v1/data-health?store_id=main`, {
    headers: { authorization: `Bearer ${readKey}` },
  })
  expect((await response.json()).traffic).toMatchObject({ events: 30, bots: 3, copies: 0 })
  await page.context().close()
})

test('a failed job is shown with its reason, and is run again or discarded', async () => {
  const page = await browser.newPage()
  await logIn(page, health)
  const job = page.locator(`[data-job="${jobs.main}"]`, { hasText: '汇总重算' })
  await job.waitFor()
  expect(await job.textContent()).toContain('ClickHouse is away.')
  expect(await job.textContent()).toContain('{"store_id":"main"}')
  await hydrated(page)
  await job.getByRole('button', { name: '重试' }).click()
  await page.waitForSelector('[data-outcome=retried]')
  await job.waitFor({ state: 'detached' })
  expect(await openQueue(dashboard.redis, 'recompute').getJobState(jobs.main)).toBe('waiting')
  const kept = page.locator('[data-job]', { hasText: '夜间核对' })
  await kept.getByRole('button', { name: '放弃' }).click()
  await kept.getByRole('button', { name: '确认放弃' }).click()
  await page.waitForSelector('[data-outcome=discarded]')
  expect(await openQueue(dashboard.redis, 'compare').getJobState(jobs.kept)).toBe('unknown')
  await page.context().close()
})

test('a viewer sees how the data of their store are, and neither the system nor another store', async () => {
  const page = await browser.newPage()
  await logIn(page, health, viewer)
  await page.waitForSelector('[data-check=freshness]')
  await page.getByText('没有失败的任务。').waitFor()
  expect(await page.locator('[data-check=ingest]').count()).toBe(0)
  expect(await page.locator('[data-table]').count()).toBe(0)
  expect(await page.content()).not.toMatch(/The other store|Of the other store|127\.0\.0\.1:1\b/)
  await page.context().close()
})

test('who may not retry a job is refused by the server as well', async () => {
  const page = await browser.newPage()
  await logIn(page, health, operator)
  await page.waitForSelector('[data-check=freshness]')
  const send = (who: string) =>
    page.evaluate(async (id) => {
      const body = new URLSearchParams({ queue: 'recompute', id })
      const response = await fetch('?/retry', { method: 'POST', body, headers: { accept: 'application/json' } })
      const { type } = await response.json()
      return [response.status, type]
    }, who)
  expect(await send(jobs.other)).toEqual([403, 'error'])
  expect(await openQueue(dashboard.redis, 'recompute').getJobState(jobs.other)).toBe('failed')
  expect(await send('no such job')).toEqual([409, 'failure'])
  browser.complaints.length = 0
  await page.context().close()
})

test.each([
  ['light', 390, 844, 'zh-CN'],
  ['dark', 1440, 900, 'en'],
] as const)('nothing is out of reach: %s, %d pixels wide', async (colorScheme, width, height, locale) => {
  const page = await browser.newPage({ colorScheme, viewport: { width, height }, locale })
  await logIn(page, health)
  await page.waitForSelector('[data-table=events]')
  await page.waitForSelector('[data-number=events]')
  await hydrated(page)
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.context().close()
})

test('no page complained: no script failed and the security policy blocked nothing', () => {
  expect(browser.complaints).toEqual([])
})
