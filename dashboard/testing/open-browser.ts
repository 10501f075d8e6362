import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { chromiumPath } from './env.ts'
import { admin } from './start-dashboard.ts'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Chromium; `complaints` collects what its pages say is wrong: errors of scripts and of the security policy. */
export async function openBrowser(url: string) {
  const browser = await chromium.launch({ executablePath: chromiumPath, args })
  const complaints: string[] = []
  const newPage = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ baseURL: url, locale: 'zh-CN', reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    return page
  }
  return { newPage, complaints, close: () => browser.close() }
}

/** Waits until clicks are heard. */
export const hydrated = (page: Page) => page.waitForSelector('html[data-hydrated]')

/** Logs in, as the owner unless somebody else is named, and waits for the page that was wanted. */
export async function logIn(page: Page, path: string, as: typeof admin = admin): Promise<void> {
  await page.goto(path)
  await hydrated(page)
  await page.fill('input[name=email]', as.email)
  await page.fill('input[name=password]', as.password)
  await page.click('button[type=submit]')
  await page.waitForURL((at) => at.pathname !== '/login')
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** What axe finds wrong with a page, as `rule: element`. */
export async function violations(page: Page): Promise<string[]> {
  // Run through the debugger, which the page's security policy does not bind.
  await page.evaluate(await readFile(axe, 'utf8'))
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const found = await axe.run()
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
  })
}
