import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { allowedHosts, isPublic } from './allowed-hosts.ts'
import { openNet } from './net.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function listen(answer: RequestListener, host = '127.0.0.1', port = 0) {
  const server = createServer(answer).listen(port, host)
  await once(server, 'listening')
  servers.push(server)
  return (server.address() as AddressInfo).port
}
const message = { headers: {}, body: '{}' }
const v4 = (address: string) => ({ address, family: 4 as const })

test.each([
  ['8.8.8.8', true],
  ['223.5.5.5', true],
  ['2400:3200::1', true],
  ['127.0.0.1', false],
  ['127.8.8.8', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.100.100.200', false],
  ['100.64.0.1', false],
  ['192.0.2.1', false],
  ['198.18.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fd00:ec2::254', false],
  ['fc00::1', false],
  ['fec0::1', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['::7f00:1', false],
  ['64:ff9b::7f00:1', false],
  ['2002:7f00:1::', false],
  ['2001:0:7f00:1::', false],
  ['ff02::1', false],
  ['not an address', false],
])('whether %s is on the public internet: %s', (ip, is) => {
  expect(isPublic(ip)).toBe(is)
})

test('a list allows names, numbers and ranges, each with a port or with all', () => {
  const allowed = allowedHosts('mail.lan, hooks.lan:8080,10.1.2.3, 192.168.0.0/16,[fd00::5]:25 , fd00::6,10.9.9.9:81')
  expect([allowed.name('mail.lan', 1), allowed.name('MAIL.lan', 25), allowed.name('x.mail.lan', 25)]).toEqual([
    true,
    true,
    false,
  ])
  expect([allowed.name('hooks.lan', 8080), allowed.name('hooks.lan', 80)]).toEqual([true, false])
  expect([allowed.ip('10.1.2.3', 80), allowed.ip('::ffff:10.1.2.3', 80), allowed.ip('10.1.2.4', 80)]).toEqual([
    true,
    true,
    false,
  ])
  expect([allowed.ip('192.168.77.1', 1), allowed.ip('fd00::5', 25), allowed.ip('fd00::5', 26)]).toEqual([
    true,
    true,
    false,
  ])
  expect([allowed.ip('fd00::6', 26), allowed.ip('10.9.9.9', 81), allowed.ip('10.9.9.9', 80)]).toEqual([
    true,
    true,
    false,
  ])
  expect([allowedHosts('').name('', 80), allowedHosts('').ip('10.0.0.1', 80)]).toEqual([false, false])
})

test.each([
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://169.254.169.254/latest/meta-data',
  'https://inside.example/',
  'http://outside.example/',
])('%s is refused before anything is sent', async (url) => {
  const lookup = async (host: string) => [v4(host === 'inside.example' ? '10.0.0.8' : '8.8.8.8')]
  await expect(openNet({ allow: '', lookup }).post(url, message)).rejects.toMatchObject({ code: 'not_allowed' })
})

test('of the addresses of a name those that are private are left out', async () => {
  const lookup = async () => [v4('10.0.0.8'), v4('8.8.8.8'), v4('127.0.0.1')]
  expect(await openNet({ allow: '', lookup }).resolve('mixed.example', 443)).toEqual([v4('8.8.8.8')])
})

test('a name is looked up once and its first answer is connected to, whatever it answers afterwards', async () => {
  const connections: string[] = []
  const port = await listen(() => {}, '127.0.0.2')
  await listen(() => {}, '127.0.0.1', port)
  for (const server of servers) {
    server.on('connection', (socket) => connections.push(socket.localAddress ?? ''))
  }
  const answers = ['127.0.0.2', '127.0.0.1', '127.0.0.1']
  let asked = 0
  const lookup = async () => {
    asked += 1
    return [v4(answers[asked - 1] ?? '127.0.0.1')]
  }
  const net = openNet({ allow: '127.0.0.2', lookup })
  const post = () => net.post(`https://rebinding.example:${port}/`, message)
  // The server speaks no TLS: it is reached, and that is all.
  await expect(post()).rejects.toMatchObject({ code: 'unreachable' })
  expect([asked, connections]).toEqual([1, ['127.0.0.2']])
  await expect(post()).rejects.toMatchObject({ code: 'not_allowed' })
  expect([asked, connections]).toEqual([2, ['127.0.0.2']])
})

test('a redirect is an answer, and nothing follows it', async () => {
  let inside = 0
  const target = await listen((_, res) => {
    inside += 1
    res.end()
  })
  const port = await listen((_, res) => {
    res.writeHead(302, { location: `http://127.0.0.1:${target}/` }).end()
  })
  const net = openNet({ allow: '127.0.0.1' })
  expect(await net.post(`http://127.0.0.1:${port}/`, message)).toMatchObject({ status: 302 })
  expect(inside).toBe(0)
})

test('an answer that is too large or too slow ends the request', async () => {
  const large = await listen((_, res) => res.end('x'.repeat(70_000)))
  const silent = await listen(() => {})
  const dripping = await listen((_, res) => {
    res.write('x')
  })
  const net = openNet({ allow: '127.0.0.0/8', timeoutMs: 300 })
  const post = (port: number) => net.post(`http://127.0.0.1:${port}/`, message)
  await expect(post(large)).rejects.toMatchObject({ code: 'answer_too_large' })
  await expect(post(silent)).rejects.toMatchObject({ code: 'timeout' })
  await expect(post(dripping)).rejects.toMatchObject({ code: 'timeout' })
})

test('what is posted arrives, and the answer comes back', async () => {
  const port = await listen(async (req, res) => {
    let body = ''
    for await (const chunk of req) body += chunk
    res.writeHead(200, { 'x-got': String(req.headers['x-a']) }).end(`${req.method} ${req.url} ${body}`)
  })
  const net = openNet({ allow: `receiver.lan:${port}`, lookup: async () => [v4('127.0.0.1')] })
  const answer = await net.post(`http://receiver.lan:${port}/p?q=1`, { headers: { 'x-a': 'b' }, body: '{"a":1}' })
  expect(answer).toMatchObject({ status: 200, body: 'POST /p?q=1 {"a":1}', headers: { 'x-got': 'b' } })
})
