import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { until } from '../testing.ts'
import { openTestShop, type TestShop } from './testing/open-shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
})
afterAll(() => shop.close())
afterEach(() => shop.clear())

/** What ingest was told of messages that were lost. */
const losses = async () => {
  const { values } = await shop.ingest.world.metrics.trackerLost.get()
  const told = Object.fromEntries(values.map(({ labels, value }) => [labels.reason, value]))
  return { overflow: 0, refused: 0, too_large: 0, ...told }
}

/** What would come within it does not. */
const silence = () => sleep(1500)
const stored = () => Object.entries(localStorage).map(([key, value]) => `${key}=${value}`)

test('what could not be sent survives a reload, is sent once there is a network, and then is gone', async () => {
  const page = await shop.open()
  await page.goto(shop.shop)
  await shop.sent(1, 'page')
  shop.answer = () => 503
  await page.evaluate(() => window.guanlan?.track?.('while_away', { n: 1 }))
  await shop.sent(1, 'while_away')
  await page.reload()
  await page.waitForFunction(() => window.guanlan?.track)
  await page.context().setOffline(true)
  await page.evaluate(() => window.guanlan?.track?.('while_offline', { n: 2 }))
  await silence()
  expect(shop.messages('while_offline')).toEqual([])
  expect((await page.evaluate(stored)).join()).toContain('while_offline')
  shop.answer = undefined
  await page.context().setOffline(false)
  await shop.sent(1, 'while_offline')
  await until('nothing waits', async () => !(await page.evaluate(stored)).join().includes('guanlan.q.'))
  const rows = await shop.ingest.ask(
    `SELECT name, count() AS times FROM events FINAL WHERE name LIKE 'while%' GROUP BY name ORDER BY name`,
  )
  expect(rows).toEqual([
    { name: 'while_away', times: 1 },
    { name: 'while_offline', times: 1 },
  ])
  expect(new Set(shop.messages('while_away').map(({ messageId }) => messageId)).size).toBe(1)
})

test('two tabs are one visitor in one session, lose nothing of each other, and leave nothing behind', async () => {
  const first = await shop.open()
  await first.goto(shop.shop)
  await shop.sent(1, 'page')
  shop.answer = () => 503
  await first.evaluate(() => window.guanlan?.track?.('of_first', {}))
  await shop.sent(1, 'of_first')
  const second = await first.context().newPage()
  await second.goto(`${shop.shop}/second`)
  await second.waitForFunction(() => window.guanlan?.track)
  await second.evaluate(() => window.guanlan?.track?.('of_second', {}))
  // The first tab ends without a word; the second has what was its.
  await first.close()
  shop.answer = undefined
  await until('both are there', async () => {
    const rows = await shop.ingest.ask<{ n: number }>(
      `SELECT uniqExact(message_id) AS n FROM events FINAL WHERE name IN ('of_first', 'of_second')`,
    )
    return rows[0]?.n === 2
  })
  await until('nothing waits', async () => !(await second.evaluate(stored)).join().includes('guanlan.q.'))
  const ofBoth = shop.messages().map(({ anonymousId, context }) => `${anonymousId} ${context.sessionId}`)
  expect(new Set(ofBoth).size).toBe(1)
  const rows = await shop.ingest.ask(
    `SELECT name, count() AS times FROM events FINAL WHERE name IN ('of_first', 'of_second') GROUP BY name ORDER BY name`,
  )
  expect(rows).toEqual([
    { name: 'of_first', times: 1 },
    { name: 'of_second', times: 1 },
  ])
})

test('half an hour without an event ends a session and not the visitor; a logout ends both, and a login is told from then on', async () => {
  const page = await shop.open()
  const start = Date.now() - 7_200_000
  const after = async (ms: number, does: (name: string) => void, name: string) => {
    await page.clock.setFixedTime(start + ms)
    await page.evaluate(does, name)
    const [message] = await shop.sent(1, name)
    return message
  }
  const track = (name: string) => window.guanlan?.track?.(name)
  await page.clock.setFixedTime(start)
  await page.goto(shop.shop)
  const [view] = await shop.sent(1, 'page')
  const same = await after(1_799_999, track, 'same')
  const other = await after(3_599_999, track, 'other')
  expect(same?.context.sessionId).toBe(view?.context.sessionId)
  expect(other?.context.sessionId).not.toBe(view?.context.sessionId)
  expect([same?.anonymousId, other?.anonymousId]).toEqual([view?.anonymousId, view?.anonymousId])

  await page.evaluate(() => window.guanlan?.identify?.('customer-1', { tier: 'gold' }))
  expect((await shop.sent(1, 'identify'))[0]).toMatchObject({ userId: 'customer-1', traits: { tier: 'gold' } })
  await page.goto(`${shop.shop}/next`)
  expect((await shop.sent(2, 'page'))[1]?.userId).toBe('customer-1')
  await page.evaluate(() => window.guanlan?.reset?.())
  const gone = await after(3_700_000, track, 'gone')
  expect(gone?.userId).toBeUndefined()
  expect(gone?.anonymousId).not.toBe(view?.anonymousId)
  expect(gone?.context.sessionId).not.toBe(other?.context.sessionId)
})

test('where storage is blocked everything is sent all the same', async () => {
  shop.headers = {
    'content-security-policy': `sandbox allow-scripts; script-src ${shop.host}; connect-src ${shop.host}`,
  }
  const page = await shop.open()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await page.goto(shop.shop)
  expect(
    await page.evaluate(() => {
      try {
        return typeof localStorage
      } catch (error) {
        return (error as Error).name
      }
    }),
  ).toBe('SecurityError')
  await page.evaluate(() => window.guanlan?.addToCart?.({ items: [{ item_id: 'a' }] }))
  const messages = await shop.sent(2)
  expect(shop.names()).toEqual(['page', 'add_to_cart'])
  expect(new Set(messages.map(({ anonymousId }) => anonymousId)).size).toBe(1)
  expect(errors).toEqual([])
})

test('where consent is required nothing is stored or sent before it, everything after it, and nothing after it was taken back', async () => {
  shop.tag = 'data-consent="required"'
  const page = await shop.open()
  await page.goto(shop.shop)
  await page.waitForFunction(() => window.guanlan?.track)
  await page.evaluate(() => window.guanlan?.viewItem?.({ items: [{ item_id: 'a' }] }))
  await silence()
  const before = shop.requests.map(({ path }) => path)
  expect(before).toEqual(['/g.js'])
  expect(await page.evaluate(stored)).toEqual([])
  expect(await page.context().cookies()).toEqual([])

  await page.evaluate(() => window.guanlan?.consent?.(true))
  await shop.sent(2)
  expect(shop.names()).toEqual(['page', 'view_item'])
  const [visitor] = shop.messages().map(({ anonymousId }) => anonymousId)
  await page.goto(`${shop.shop}/next`)
  await shop.sent(2, 'page')
  expect(shop.messages('page')[1]?.anonymousId).toBe(visitor)

  await page.evaluate(() => window.guanlan?.consent?.(false))
  expect(await page.evaluate(stored)).toEqual(['guanlan=0'])
  shop.requests.length = 0
  await page.evaluate(() => window.guanlan?.track?.('after_no'))
  await page.goto(`${shop.shop}/last`)
  await silence()
  expect(shop.messages()).toEqual([])
})

test('who says no where nobody has to say yes is left alone on the next page and in the other tab', async () => {
  const page = await shop.open()
  await page.goto(shop.shop)
  await shop.sent(1, 'page')
  const other = await page.context().newPage()
  await other.goto(shop.shop)
  await shop.sent(2, 'page')
  await page.evaluate(() => window.guanlan?.consent?.(false))
  shop.requests.length = 0
  await other.evaluate(() => window.guanlan?.track?.('of_other'))
  await page.goto(`${shop.shop}/next`)
  await silence()
  expect(shop.messages()).toEqual([])
  expect(await page.evaluate(stored)).toEqual(['guanlan=0'])
})

test.each(['doNotTrack', 'globalPrivacyControl'])('under %s nothing is stored and nothing sent', async (setting) => {
  const page = await shop.open()
  await page.addInitScript((name) => {
    Object.defineProperty(navigator, name, { value: name === 'doNotTrack' ? '1' : true })
  }, setting)
  await page.goto(shop.shop)
  await page.waitForFunction(() => window.guanlan?.track)
  await page.evaluate(() => {
    window.guanlan?.consent?.(true)
    window.guanlan?.track?.('anything')
  })
  await silence()
  expect(shop.requests.map(({ path }) => path)).toEqual(['/g.js'])
  expect(await page.evaluate(stored)).toEqual([])
})

test('cookieless nothing is kept in the browser, and the pages of a day are one visitor’s', async () => {
  shop.tag = 'data-cookieless'
  const page = await shop.open()
  await page.goto(`${shop.shop}/cookieless`)
  await shop.sent(1, 'page')
  await page.goto(`${shop.shop}/cookieless/2`)
  await shop.sent(2, 'page')
  expect(await page.evaluate(stored)).toEqual([])
  expect(await page.context().cookies()).toEqual([])
  expect(shop.messages().some(({ anonymousId, context }) => anonymousId || context.sessionId)).toBe(false)
  const rows = await shop.ingest.ask<{ visitor: string; times: number }>(
    `SELECT visitor_id AS visitor, count() AS times FROM events FINAL WHERE path LIKE '/cookieless%' AND name = 'page_view' GROUP BY visitor_id`,
  )
  expect(rows).toEqual([{ visitor: expect.stringMatching(/^day_[0-9a-f]{32}$/), times: 2 }])
})

test('where a beacon is refused the last messages go by a request that outlives the page', async () => {
  const page = await shop.open()
  await page.addInitScript(() => {
    navigator.sendBeacon = () => false
  })
  await page.goto(shop.shop)
  await shop.sent(1, 'page')
  await page.evaluate(() => {
    window.guanlan?.track?.('last_word')
    location.assign('about:blank')
  })
  await shop.sent(1, 'last_word')
})

test('more than a beacon may carry goes in several, each below 64 KiB, and all of it arrives', async () => {
  const page = await shop.open()
  await page.goto(shop.shop)
  await shop.sent(1, 'page')
  await page.evaluate(() => {
    for (let n = 0; n < 60; n++) window.guanlan?.track?.('big', { n, text: '浪'.repeat(800) })
    location.assign('about:blank')
  })
  await page.waitForURL('about:blank')
  // A browser lets 64 KiB in all go on after a page: the rest waits for the next one.
  await page.goto(shop.shop)
  await until('all is there', () => new Set(shop.messages('big').map(({ messageId }) => messageId)).size === 60)
  const sizes = shop.requests.filter(({ path }) => path === '/v1/batch').map(({ body }) => Buffer.byteLength(body))
  expect(Math.max(...sizes)).toBeLessThan(65_536)
  expect(new Set(shop.messages('big').map(({ properties }) => properties?.n)).size).toBe(60)
})

test('of more messages than may wait the oldest are lost, and the next page tells how many, once', async () => {
  shop.tag = 'data-vitals="off" data-heatmap="off"'
  const page = await shop.open()
  await page.goto(shop.shop)
  await shop.sent(1, 'page')
  const { overflow } = await losses()
  shop.answer = () => 503
  await page.evaluate(() => {
    for (let n = 0; n < 600; n++) window.guanlan?.track?.('many', { n })
  })
  await shop.sent(1, 'many')
  await page.reload()
  await page.waitForFunction(() => window.guanlan?.track)
  shop.answer = undefined
  await until('nothing waits', async () => !(await page.evaluate(stored)).join().includes('guanlan.q.'))
  await until('the losses are told', async () => (await losses()).overflow > overflow)
  await page.evaluate(() => window.guanlan?.track?.('after'))
  await shop.sent(1, 'after')
  expect(await losses()).toMatchObject({ overflow: overflow + 100 })
  const rows = await shop.ingest.ask(
    `SELECT count() AS kept, min(toInt32(properties.n)) AS first FROM events FINAL WHERE name = 'many'`,
  )
  expect(rows).toEqual([{ kept: 500, first: 100 }])
})

test('what ingest refuses is not sent again, and counted with the next message that it takes', async () => {
  shop.tag = 'data-vitals="off" data-heatmap="off"'
  const page = await shop.open()
  await page.goto(shop.shop)
  await shop.sent(1, 'page')
  const { refused, too_large } = await losses()
  shop.answer = () => 400
  await page.evaluate(() => {
    window.guanlan?.track?.('bad', { n: 1 })
    window.guanlan?.track?.('bad', { n: 2 })
  })
  await until('nothing waits', async () => !(await page.evaluate(stored)).join().includes('"bad"'))
  shop.answer = () => 413
  await page.evaluate(() => window.guanlan?.track?.('large'))
  await until('nothing waits', async () => !(await page.evaluate(stored)).join().includes('"large"'))
  expect(await losses()).toMatchObject({ refused, too_large })
  shop.answer = undefined
  await page.evaluate(() => window.guanlan?.track?.('good'))
  await shop.sent(1, 'good')
  expect(await losses()).toMatchObject({ refused: refused + 2, too_large: too_large + 1 })
  await page.evaluate(() => window.guanlan?.track?.('better'))
  await shop.sent(1, 'better')
  expect(await losses()).toMatchObject({ refused: refused + 2, too_large: too_large + 1 })
  expect(shop.messages('bad').length).toBe(2)
})
