import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keys, openTestIngest, type TestIngest, temporaryDirectory } from '../../testing.ts'
import { makeBrowserFiles } from './browser-files.ts'

let ingest: TestIngest
beforeAll(async () => {
  ingest = await openTestIngest()
})
afterAll(() => ingest.close())

const get = async (path: string, headers: Record<string, string> = {}) => ingest.app.request(path, { headers })

interface Versions {
  version: string
  files: Record<string, { path: string; integrity: string; bytes: number }>
}
const versions = async () => (await (await get('/g/versions.json')).json()) as Versions

test('no file is larger than the page was promised, packed', async () => {
  const { files } = await versions()
  expect(files.g?.bytes).toBeLessThanOrEqual(2500)
  expect(files.vitals?.bytes).toBeLessThanOrEqual(3000)
  expect(files.heatmap?.bytes).toBeLessThanOrEqual(4000)
})

test('a file is served packed, to any page, and again only when it has changed', async () => {
  const plain = await (await get('/g.js')).text()
  const packed = await get('/g.js', { 'accept-encoding': 'gzip, deflate, br, zstd' })
  expect(packed.headers.get('content-encoding')).toBe('br')
  expect(brotliDecompressSync(await packed.arrayBuffer()).toString()).toBe(plain)
  expect(packed.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(packed.headers.get('access-control-allow-origin')).toBe('*')
  expect(packed.headers.get('cache-control')).toBe('public, max-age=3600, stale-while-revalidate=86400')
  const gzipped = await get('/g.js', { 'accept-encoding': 'gzip' })
  expect(gunzipSync(await gzipped.arrayBuffer()).toString()).toBe(plain)
  const again = await get('/g.js', { 'if-none-match': packed.headers.get('etag') ?? '' })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
})

test('a version is the same for ever, and its integrity hash is told', async () => {
  const { version, files } = await versions()
  expect(version).toMatch(/^[0-9a-f]{12}$/)
  const answer = await get(files.g?.path ?? '')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const code = Buffer.from(await answer.arrayBuffer())
  expect(files.g).toMatchObject({
    path: `/g/g@${version}.js`,
    integrity: `sha384-${createHash('sha384').update(code).digest('base64')}`,
  })
  expect(code.toString()).toContain(version)
})

test('a version that was served once is served still; one that never was is not there', async () => {
  const directory = await temporaryDirectory()
  await mkdir(join(directory, '0123456789ab'))
  await writeFile(join(directory, '0123456789ab', 'g.js'), 'earlier()')
  const files = await makeBrowserFiles(directory)
  expect((await files.earlier('g', '0123456789ab'))?.plain.toString()).toBe('earlier()')
  expect(await files.earlier('g', 'ffffffffffff')).toBeUndefined()
  // Made again of the same sources it is the same version.
  expect((await makeBrowserFiles(directory)).version).toBe(files.version)
  await rm(directory, { recursive: true, force: true })
  expect((await get('/g/g@ffffffffffff.js')).status).toBe(404)
  expect((await get('/g/other.js')).status).toBe(404)
  expect((await get('/g/..%2f..%2fknown.json')).status).toBe(404)
})

test('what a store wants is told to whoever has its write key, and is nobody else’s', async () => {
  const answer = await get(`/g/config?key=${keys.write}`)
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
  expect(await answer.json()).toEqual({ heatmap_rate: 1, snapshots: true, mask: [], block: [], module_selector: '' })
  const refused = await get('/g/config?key=nonsense')
  expect(refused.status).toBe(401)
  expect(refused.headers.get('cache-control')).not.toBe('public, max-age=300')
})
