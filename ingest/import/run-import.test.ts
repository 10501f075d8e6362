import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { runCommand, startCommand } from './testing-command.ts'
import { type ListeningIngest, listen, startIngest } from './testing-ingest.ts'

let ingest: ListeningIngest
let folder: string
let count = 0
let store: string
beforeAll(async () => {
  ingest = await startIngest()
  folder = await mkdtemp(join(tmpdir(), 'guanlan-import-'))
})
afterAll(async () => {
  await ingest?.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  count += 1
  store = `shop-${count}`
  await mkdir(join(folder, store))
})

const mapping = `
name: shop
store: { time_zone: Asia/Shanghai, currency: CNY }
files: { lines: {} }
outputs:
  - to: orders
    from: lines
    values:
      order_id: order
      status: status
      placed_at: at
      gross: sum
      updated_at: { const: 2026-01-01T00:00:00Z }
    lines:
      values: { line_no: { line_number: group }, sku: sku, quantity: { const: 1 }, price: sum }
`
const write = async (name: string, content: string) => {
  const path = join(folder, store, name)
  await writeFile(path, content)
  return path
}
const csv = (lines: string[]) => `order,status,at,sku,sum\n${lines.map((line) => `${line}\n`).join('')}`
const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `o${from + index},paid,2026-01-01 00:00:00,s,1.10`)

/** Imports into a store of this test's own. */
const run = async (path: string, more: string[] = [], text = mapping) =>
  await runCommand(await argv(path, more, text), env())
const env = () => ({ SERVER_KEY: ingest.key, DATA_DIR: join(folder, store, 'data') })
const argv = async (path: string, more: string[] = [], text = mapping) => [
  await write('mapping.yaml', text),
  path,
  ...['--store', store, '--url', ingest.url],
  ...more,
]
const orders = async () => {
  const sql = `SELECT count() AS n, toString(sum(gross)) AS gmv FROM orders_current WHERE store_id = '${store}'`
  return (await ingest.ask<{ n: number; gmv: string }>(sql))[0]
}

test('good lines go in, bad ones stand in the rejects with line and reason; corrected, they can be imported', async () => {
  const path = await write(
    'lines.csv',
    csv([...many(0, 3), 'x1,paid,soon,s,1', 'x2,paid,2026-01-01 00:00:00', 'x3,lost,2026-01-01 00:00:00,"s,""1""",1']),
  )
  const first = await run(path)
  expect(first.code, first.output).toBe(2)
  expect(first.output).toMatch(/Made the store shop-\d+: Asia\/Shanghai, CNY\./)
  expect(first.output).toMatch('orders    4 sent, 3 accepted, 1 rejected')
  expect(first.output).toMatch(`rejected  3 lines, see ${path}.rejects.csv`)
  expect(await readFile(`${path}.rejects.csv`, 'utf8')).toBe(
    `\uFEFF${[
      'rejected_line,rejected_reason,order,status,at,sku,sum',
      '5,at: “soon” is not a time written as iso,x1,paid,soon,s,1',
      '6,"it has 3 columns, the heading has 5",x2,paid,2026-01-01 00:00:00',
      '7,"ingest: status must be one of pending, paid, fulfilled, delivered, completed, cancelled, unfulfillable",x3,lost,2026-01-01 00:00:00,"s,""1""",1',
      '',
    ].join('\r\n')}`,
  )
  expect(await orders()).toEqual({ n: 3, gmv: '3.3' })

  const rejects = await readFile(`${path}.rejects.csv`, 'utf8')
  await write(
    'corrected.csv',
    rejects
      .replace(',soon,', ',2026-01-02 00:00:00,')
      .replace('00:00:00\r\n', '00:00:00,s,2\r\n')
      .replace('lost', 'paid'),
  )
  const second = await run(join(folder, store, 'corrected.csv'))
  expect(second.code, second.output).toBe(0)
  expect(await orders()).toEqual({ n: 6, gmv: '7.3' })
})

test('an import twice is the same as once, and leaves nothing behind', async () => {
  const path = await write('lines.csv', csv(many(0, 2_500)))
  for (let time = 0; time < 2; time += 1) {
    const { code, output } = await run(path)
    expect(code, output).toBe(0)
    expect(await orders()).toEqual({ n: 2500, gmv: '2750' })
  }
  expect(await readdir(join(folder, store, 'data', 'import'))).toEqual([])
})

test('a store with another zone or currency is refused before anything is sent', async () => {
  const path = await write('lines.csv', csv(many(0, 1)))
  expect((await run(path)).code).toBe(0)
  const zone = await run(path, [], mapping.replace('Asia/Shanghai', 'Europe/London'))
  expect(zone).toMatchObject({ code: 1 })
  expect(zone.output).toMatch(`The store ${store} has the time zone Asia/Shanghai, the mapping says Europe/London.`)
  const currency = await run(path, [], mapping.replace('CNY', 'EUR'))
  expect(currency).toMatchObject({ code: 1 })
  expect(currency.output).toMatch(`The store ${store} has the currency CNY, the mapping says EUR.`)
})

/** Stands before ingest and sees what passes; it may answer instead. */
async function between(
  look: (request: IncomingMessage, response: ServerResponse, body: Buffer, post: number) => boolean | Promise<boolean>,
) {
  let posts = 0
  const seen: string[] = []
  const server = await listen(async (request, response) => {
    const body = await buffer(request)
    if (request.method === 'POST' && (await look(request, response, body, posts++))) return
    const answer = await fetch(`${ingest.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: {
        authorization: request.headers.authorization ?? '',
        'content-type': 'application/json',
        ...(request.headers['content-encoding'] && { 'content-encoding': request.headers['content-encoding'] }),
      },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    })
    if (request.method === 'POST') {
      const rows = JSON.parse(gunzipSync(body).toString()) as { order_id: string }[]
      seen.push(`${rows[0]?.order_id}…${rows.at(-1)?.order_id}`)
    }
    response.writeHead(answer.status).end(await answer.text())
  })
  return { ...server, seen }
}

test.each(['SIGINT', 'SIGKILL'] as const)(
  'after %s the same command goes on, and nothing is lost or sent for nothing',
  async (signal) => {
    const path = await write('lines.csv', csv(many(0, 24_000)))
    let child: ReturnType<typeof startCommand> | undefined
    let answered = 0
    const proxy = await between(async (_, response) => {
      response.once('finish', () => {
        answered += 1
        if (answered === 5) child?.child.kill(signal)
      })
      // What comes after the fifth answer waits until the signal has arrived; four were under way, and four may follow them.
      const running = () => child?.child.exitCode === null && child.child.signalCode === null
      while (answered >= 5 && running() && !child?.output().includes('Stopping')) await sleep(20)
      return false
    })
    child = startCommand(await argv(path, ['--url', proxy.url]), env())
    const first = await child.done
    expect(first.code, first.output).toBe(signal === 'SIGINT' ? 130 : null)
    if (signal === 'SIGINT') expect(first.output).toMatch('Stopped. The same command goes on from here.')
    const sentBefore = proxy.seen.length
    expect(sentBefore).toBeLessThan(24)

    const second = await run(path, ['--url', proxy.url])
    expect(second.code, second.output).toBe(0)
    expect(second.output).toMatch(/Going on after the \d+ batches of an earlier run/)
    expect(second.output).toMatch('24,000 sent, 24,000 accepted, 0 rejected')
    // All of them, and of those in flight when it ended at most four once more.
    expect(new Set(proxy.seen).size).toBe(24)
    expect(proxy.seen.length).toBeLessThanOrEqual(28)
    expect(await orders()).toEqual({ n: 24000, gmv: '26400' })
    expect(await readdir(join(folder, store, 'data', 'import'))).toEqual([])
    await proxy.close()
  },
)

test('what ingest refused before a break stands in the rejects after it', async () => {
  const path = await write('lines.csv', csv(['x,lost,2026-01-01 00:00:00,s,1', ...many(1, 3_000)]))
  const proxy = await between((_, response, __, post) => {
    if (post !== 2) return false
    response.writeHead(400, { 'content-type': 'application/problem+json' }).end('{"detail":"Enough."}')
    return true
  })
  const first = await run(path, ['--url', proxy.url])
  expect(first).toMatchObject({ code: 1 })
  expect(first.output).toMatch('Ingest refuses: Enough.')
  await rm(`${path}.rejects.csv`, { force: true })
  const second = await run(path, ['--url', proxy.url])
  expect(second.code, second.output).toBe(2)
  expect(await readFile(`${path}.rejects.csv`, 'utf8')).toMatch(/^2,"ingest: status must be one of .*",x,lost/m)
  expect(await orders()).toEqual({ n: 2999, gmv: '3298.9' })
  await proxy.close()
})

test('it waits as long as ingest asks, and says so', async () => {
  const path = await write('lines.csv', csv(many(0, 10)))
  const times: number[] = []
  const proxy = await between((_, response, __, post) => {
    times.push(Date.now())
    if (post > 1) return false
    const problem = { status: post === 0 ? 429 : 503, detail: 'The disk is full.' }
    response.writeHead(problem.status, { 'retry-after': '1' }).end(JSON.stringify(problem))
    return true
  })
  const { code, output } = await run(path, ['--url', proxy.url])
  expect(code, output).toBe(0)
  expect(output).toMatch('Waiting 1.0 s for ingest: The disk is full.')
  expect(times).toHaveLength(3)
  expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(2_000)
  expect(await orders()).toEqual({ n: 10, gmv: '11' })
  await proxy.close()
})

test('a body that is too large goes in halves', async () => {
  const path = await write('lines.csv', csv(many(0, 100)))
  const proxy = await between((_, response, body) => {
    const rows = JSON.parse(gunzipSync(body).toString()) as unknown[]
    if (rows.length <= 30) return false
    response.writeHead(413).end()
    return true
  })
  const { code, output } = await run(path, ['--url', proxy.url])
  expect(code, output).toBe(0)
  expect(proxy.seen).toEqual(['o0…o24', 'o25…o49', 'o50…o74', 'o75…o99'])
  await proxy.close()
})

test('a connection that breaks is tried again', async () => {
  const path = await write('lines.csv', csv(many(0, 10)))
  const proxy = await between((request, _, __, post) => {
    if (post > 0) return false
    request.socket.destroy()
    return true
  })
  const { code, output } = await run(path, ['--url', proxy.url])
  expect(code, output).toBe(0)
  expect(output).toMatch('for ingest: it does not answer')
  expect(await orders()).toEqual({ n: 10, gmv: '11' })
  await proxy.close()
})

test('what cannot begin ends with one sentence', async () => {
  const path = await write('lines.csv', csv(many(0, 1)))
  const sentence = async (more: string[], given: Record<string, string> = {}) => {
    const { code, output } = await runCommand(await argv(path, more), { ...env(), ...given })
    expect(code).toBe(1)
    return output
  }
  expect(await sentence(['--key', 'another key'])).toMatch('Ingest refuses: This key is not known here.')
  expect(await sentence(['--url', 'http://127.0.0.1:1'])).toMatch(
    'Nothing answers at http://127.0.0.1:1. Start the product',
  )
  expect(await sentence([], { SERVER_KEY: '' })).toMatch('A server key is needed: give --key or SERVER_KEY')
  expect(await sentence(['--store', 'Shop 1'])).toBe(
    '--store Shop 1 is no id of a store: 1 to 63 of a–z, 0–9, - and _.\n',
  )
  expect(await sentence(['--colour'])).toMatch("Unknown option '--colour'")
  expect(await sentence([`${path}x`])).toMatch(/The file .*lines\.csvx cannot be read\.\n$/)
  expect((await runCommand(['olist'], env())).output).toMatch('Say what to import.')
  expect((await runCommand(['--help'], env())).output).toMatch('npm run import -- <preset or mapping file> <files…>')
})

test('the key that npm start made is found where it keeps its data', async () => {
  const path = await write('lines.csv', csv(many(0, 1)))
  await mkdir(join(folder, store, 'data'))
  await write('data/secrets.json', JSON.stringify({ SERVER_KEY: ingest.key }))
  const { code, output } = await runCommand(await argv(path), { DATA_DIR: join(folder, store, 'data') })
  expect(code, output).toBe(0)
})

test('a dry run shows a row and sends none', async () => {
  const path = await write('lines.csv', csv(many(0, 3)))
  const { code, output } = await runCommand(await argv(path, ['--dry-run']), { DATA_DIR: join(folder, store, 'data') })
  expect(code, output).toBe(0)
  expect(output).toMatch('"order_id": "o0"')
  expect(output).toMatch('orders    3 made')
  expect(await orders()).toEqual({ n: 0, gmv: '0' })
})
