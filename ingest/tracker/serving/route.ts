import { type Context, Hono } from 'hono'
import { authoriseStore } from '../../access/authorise.ts'
import { trackingConfig } from '../../heatmap/tracking-config.ts'
import { Problem } from '../../problem.ts'
import type { World } from '../../world.ts'
import type { TrackerConfig } from '../inside.ts'
import type { BrowserFile } from './browser-files.ts'
import { type FileName, fileNames } from './entries.ts'

const forever = 'public, max-age=31536000, immutable'
/** The tag of a page is changed by nobody: how long a new version may take to reach it. */
const current = 'public, max-age=3600, stale-while-revalidate=86400'
const config = 'public, max-age=300'

/** `g.js`, `g@0123456789ab.js` */
const named = /^([a-z]+)(?:@([0-9a-f]{12}))?\.js$/

function answer(c: Context, file: BrowserFile, cacheControl: string): Response {
  c.header('content-type', 'text/javascript; charset=utf-8')
  c.header('cache-control', cacheControl)
  c.header('vary', 'Accept-Encoding')
  // Weak: it is the same whatever it is packed with.
  const etag = `W/"${file.integrity.slice(7, 39)}"`
  c.header('etag', etag)
  if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304)
  const accepted = c.req.header('accept-encoding') ?? ''
  const encoding = (['br', 'gzip'] as const).find((each) => new RegExp(`\\b${each}\\b`).test(accepted))
  if (encoding) c.header('content-encoding', encoding)
  return c.body(new Uint8Array(file[encoding ?? 'plain']))
}

/** The browser's files, and what a store wants of them. Any page may load them. */
export function tracker(world: World): Hono {
  const none = (path: string) => new Problem('not_found', `There is no ${path} here.`)

  const find = async (name: string): Promise<{ file: BrowserFile; version: string | undefined }> => {
    const [, file, version] = named.exec(name) ?? []
    const known = fileNames.find((each) => each === file)
    if (!known) throw none(name)
    const files = await world.browserFiles()
    const found = version && version !== files.version ? await files.earlier(known, version) : files.current[known]
    if (!found) throw none(name)
    return { file: found, version }
  }

  const app = new Hono()
  app.on('GET', ['/g.js', '/g/*'], async (c, next) => {
    c.header('access-control-allow-origin', '*')
    c.header('cross-origin-resource-policy', 'cross-origin')
    c.header('x-content-type-options', 'nosniff')
    c.header('timing-allow-origin', '*')
    await next()
  })
  app.get('/g.js', async (c) => answer(c, (await find('g.js')).file, current))
  app.get('/g/versions.json', async (c) => {
    const files = await world.browserFiles()
    c.header('cache-control', 'no-cache')
    const of = (file: FileName) => ({
      path: `/g/${file}@${files.version}.js`,
      integrity: files.current[file].integrity,
      bytes: files.current[file].br.length,
    })
    return c.json({
      version: files.version,
      files: Object.fromEntries(fileNames.map((file) => [file, of(file)])),
    })
  })
  app.get('/g/config', async (c) => {
    const store = await authoriseStore(c, world, { scopes: ['write'], keyInBody: c.req.query('key') })
    c.header('cache-control', config)
    return c.json(trackingConfig(world.directory, store.store_id) satisfies TrackerConfig)
  })
  app.get('/g/:name', async (c) => {
    const { file, version } = await find(c.req.param('name'))
    return answer(c, file, version ? forever : current)
  })
  return app
}
