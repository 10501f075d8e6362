import type { serializedNodeWithId } from '@rrweb/types'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { until } from '../../testing.ts'
import { askForCopies, openAsVisitor } from '../testing/open-heatmap.ts'
import { openTestShop, type TestShop } from '../testing/open-shop.ts'

let shop: TestShop
beforeAll(async () => {
  shop = await openTestShop()
  await askForCopies(shop)
})
afterAll(() => shop.close())
afterEach(() => shop.clear())

interface Body {
  view: { path: string; width: number; version: string }
  snapshot: { node: serializedNodeWithId; width: number; height: number }
}
const text = () => shop.requests.find(({ path }) => path === '/v1/heatmap/snapshots')?.body ?? ''

/** Opens a page as a visitor whom ingest asks for a copy, and waits for it. */
async function copied(path: string): Promise<{ body: Body; html: string }> {
  await openAsVisitor(shop, path)
  await until('a copy came', () => text() !== '', 30_000)
  const body = JSON.parse(text()) as Body
  return { body, html: JSON.stringify(body.snapshot.node) }
}

type Told = serializedNodeWithId & {
  tagName?: string
  attributes?: Record<string, string>
  childNodes?: Told[]
  isShadow?: boolean
}
const find = (node: Told, holds: (node: Told) => boolean): Told[] => [
  ...(holds(node) ? [node] : []),
  ...(node.childNodes ?? []).flatMap((child) => find(child, holds)),
]
const byId = (body: Body, id: string) => find(body.snapshot.node as Told, ({ attributes }) => attributes?.id === id)[0]

test('a copy has the styles of the page, its shadow roots, and each picture as large as it is', async () => {
  const picture = `<svg xmlns='http://www.w3.org/2000/svg' width='640' height='480'><rect width='640' height='480' fill='red'/></svg>`
  shop.scripts = {
    '/own.js': `const root = host.attachShadow({ mode: 'open' }); root.innerHTML = '<style>b{color:rgb(1,2,3)}</style><b id="deep">Deep</b>'
      const sheet = new CSSStyleSheet(); sheet.replaceSync('#styled{color:rgb(4,5,6)}'); document.adoptedStyleSheets = [sheet]
      document.styleSheets[0].insertRule('#styled{margin:7px}')`,
  }
  shop.content = `<style>#styled{padding:3px}</style><div id="styled">Styled</div><div id="host"></div>
    <img id="large" src="data:image/svg+xml,${encodeURIComponent(picture)}"><dialog open id="dialog">Open</dialog><script src="/own.js"></script>`
  const { body, html } = await copied('/styled')
  expect(html).toContain('rgb(1, 2, 3)')
  expect(html).toContain('rgb(4, 5, 6)')
  expect(html).toContain('margin: 7px')
  expect(byId(body, 'deep')?.isShadow).toBe(true)
  const src = decodeURIComponent(byId(body, 'large')?.attributes?.src ?? '')
  expect(src).toMatch(
    /^data:image\/svg\+xml,<svg [^>]*width="640" height="480" [^>]*><image href="data:image\/webp;base64,/,
  )
  expect(body.view.width).toBe(1280)
  expect(body.snapshot).toMatchObject({ width: 1280, height: 800 })
})

test('a page of 20,000 nodes is copied whole', async () => {
  shop.scripts = {
    '/own.js': `let inner = '<i><b>x</b></i>'.repeat(10)
      inner = ('<div class="x"><span>' + inner + '</span></div>').repeat(900)
      document.getElementById('many').innerHTML = inner
      const style = document.createElement('style'); style.textContent = Array.from({ length: 3000 }, (_, at) => '.c' + at + '{color:red;margin:' + at + 'px}').join('')
      document.head.append(style)`,
  }
  shop.content = '<div id="many"></div><script src="/own.js"></script>'
  const { body, html } = await copied('/many')
  expect(find(body.snapshot.node as Told, ({ tagName }) => tagName === 'b').length).toBe(9000)
  expect(html).toContain('.c2999')
})

test('a page that is larger than ingest takes is not sent, which is told with the next message', async () => {
  const large = async () => {
    const { values } = await shop.ingest.world.metrics.trackerLost.get()
    return values.find(({ labels }) => labels.reason === 'too_large')?.value ?? 0
  }
  shop.content = `<main><p hidden>${'wave '.repeat(900_000)}</p></main>`
  const page = await openAsVisitor(shop, '/large')
  await until('it is told', async () => {
    await page.evaluate(() => window.guanlan?.track?.('again'))
    return (await large()) > 0
  })
  expect(await large()).toBe(1)
  expect(text()).toBe('')
})
