import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { readEnv } from '../../../../env.ts'
import { ingestAddress, ingestState } from './ingest-state.ts'

let server: Server | undefined
afterEach(() => server?.close())

async function answering(status: number, body: unknown) {
  server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return readEnv({ INGEST_INTERNAL_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` })
}

test('ingest is asked where it is said to be, else on this machine', () => {
  expect(ingestAddress(readEnv({}))).toBe('http://127.0.0.1:4000')
  expect(ingestAddress(readEnv({ INGEST_PORT: '4001', HOST: '::' }))).toBe('http://127.0.0.1:4001')
  expect(ingestAddress(readEnv({ INGEST_URL: 'https://in.example.com/' }))).toBe('https://in.example.com')
  const both = { INGEST_URL: 'https://in.example.com', INGEST_INTERNAL_URL: 'http://ingest:4000' }
  expect(ingestAddress(readEnv(both))).toBe('http://ingest:4000')
})

test('it takes what is sent, or says why not', async () => {
  const spool = { bytes: 10, segments: 1, lag_seconds: 0.2 }
  const body = { status: 'ready', spool, clickhouse: 'away', redis: 'reachable', settings: 'read' }
  expect(await ingestState(await answering(200, body))).toMatchObject({ state: 'ready', spool, clickhouse: 'away' })
  server?.close()
  const problem = { status: 503, detail: 'The disk has less than 512 MiB left.' }
  expect(await ingestState(await answering(503, problem))).toEqual({ state: 'full', detail: problem.detail })
})

test('nobody there, or somebody else, is away', async () => {
  const env = readEnv({ INGEST_INTERNAL_URL: 'http://127.0.0.1:1' })
  expect(await ingestState(env)).toEqual({ state: 'away', address: 'http://127.0.0.1:1' })
  expect(await ingestState(await answering(200, { hello: 'world' }))).toMatchObject({ state: 'away' })
})
