import { expect, test } from 'vitest'
import { fillingOf } from './filling.ts'
import { chosenOptions, scriptOptionsOf } from './script-options.ts'
import { policySnippet, scriptSnippet, segmentBrowserSnippet } from './snippets.ts'
import { statusOf } from './status-of.ts'

test('several signals are one status: the first of the firsts, the last of the lasts, all of today', () => {
  const arrivals = [
    { signal: 'segment', first: '2026-11-02T00:00:00.000Z', last: '2026-11-03T00:00:00.000Z', last_day: 2 },
    { signal: 'tracker', first: '2026-11-01T00:00:00.000Z', last: '2026-11-02T00:00:00.000Z', last_day: 5 },
    { signal: 'ga4', first: null, last: null, last_day: 0 },
  ] as const
  expect(statusOf(arrivals, ['segment', 'tracker', 'ga4'])).toEqual({
    ...{ first: '2026-11-01T00:00:00.000Z', last: '2026-11-03T00:00:00.000Z', last_day: 7 },
  })
  expect(statusOf(arrivals, ['ga4'])).toEqual({ first: null, last: null, last_day: 0 })
})

const snippet = { ingest_port: 4000, last_four: null, ask: null }
const store = { store_id: 'main', currency: 'CNY', time_zone: 'Asia/Shanghai' }
const page = { protocol: 'http:', hostname: 'shop-server' }

test('ingest is on the page’s host, unless its address is told; a key that is not known has a placeholder', () => {
  const near = fillingOf({ ...snippet, ingest_url: null, write_key: null }, page, store, 'now')
  expect([near.ingest, near.write_key]).toEqual(['http://shop-server:4000', '$WRITE_KEY'])
  const far = fillingOf({ ...snippet, ingest_url: 'https://in.example.com/gl', write_key: 'wk' }, page, store, 'now')
  expect([far.ingest, far.write_key]).toEqual(['https://in.example.com/gl', 'wk'])
  expect(scriptSnippet(far)).toBe(
    '<script defer src="https://in.example.com/gl/g.js" data-key="wk" data-host="https://in.example.com/gl"></script>',
  )
  expect(segmentBrowserSnippet(far)).toContain(`apiHost: 'in.example.com/gl/v1'`)
})

test('the tag says what is chosen, and is held to a version only when one is known', () => {
  const version = { path: '/g/g@0123456789ab.js', integrity: 'sha384-abc' }
  const tag = (search: string, known?: typeof version) => {
    const script = scriptOptionsOf(chosenOptions(new URLSearchParams(search)), known)
    const filling = fillingOf(
      { ...snippet, ingest_url: 'https://in.example.com', write_key: 'wk' },
      page,
      store,
      'now',
      script,
    )
    return scriptSnippet(filling)
  }
  expect(tag('cookieless=&pinned=', version)).toBe(
    '<script defer src="https://in.example.com/g/g@0123456789ab.js"\n  integrity="sha384-abc"\n  crossorigin="anonymous"\n  data-key="wk"\n  data-cookieless></script>',
  )
  expect(tag('pinned=')).toBe('<script defer src="https://in.example.com/g.js" data-key="wk"></script>')
  expect(tag('consent=')).toMatch(/data-consent="required"><\/script>\n\n<script>[\s\S]+\['consent', isGiven\]/)
})

test('a policy names ingest’s origin, without a path', () => {
  const filling = fillingOf(
    { ...snippet, ingest_url: 'https://in.example.com/gl', write_key: 'wk' },
    page,
    store,
    'now',
  )
  expect(policySnippet(filling)).toBe(
    "Content-Security-Policy: script-src 'self' https://in.example.com; connect-src 'self' https://in.example.com",
  )
})
