import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readEnv } from '@guanlan/warehouse/env'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from './root.ts'

interface Compose {
  services: Record<
    string,
    {
      image: string
      build?: string
      command?: string[]
      ports?: string[]
      environment: Record<string, string>
      healthcheck?: { test: string[] }
      depends_on?: Record<string, { condition: string }>
    }
  >
}

const text = readFileSync(join(root, 'docker-compose.yml'), 'utf8')
const compose = parse(text, { merge: true }) as Compose
const services = Object.entries(compose.services)

test('docker-compose.yml is what the Compose Specification’s own schema allows', () => {
  const { $schema: _, ...schema } = JSON.parse(
    readFileSync(new URL('compose-spec.schema.json', import.meta.url), 'utf8'),
  )
  // The schema's “duration” is Compose's own, as in 40s, not the one of ISO 8601 that ajv would check.
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema)
  validate(compose)
  expect(validate.errors).toBeNull()
  validate({ ...compose, services: { ...compose.services, wrong: { image: 'x', prots: ['1:1'] } } })
  expect(validate.errors?.some(({ params }) => params.additionalProperty === 'prots')).toBe(true)
})

test('every published port is this machine’s alone', () => {
  const ports = services.flatMap(([, { ports = [] }]) => ports)
  expect(ports).toEqual(['127.0.0.1:8123:8123', '127.0.0.1:4000:4000', '127.0.0.1:3000:3000'])
})

test('whatever keeps running says whether it is well, and ours start after setup has ended well', () => {
  expect(services.filter(([, { healthcheck }]) => !healthcheck).map(([name]) => name)).toEqual(['setup'])
  const ours = services.filter(([name, { build }]) => build && name !== 'setup')
  expect(ours.map(([name]) => name)).toEqual(['ingest', 'jobs', 'dashboard'])
  for (const [, { depends_on }] of ours) expect(depends_on?.setup?.condition).toBe('service_completed_successfully')
})

test('ClickHouse and Redis are the versions that are spoken to here', () => {
  expect(compose.services.clickhouse?.image).toBe('clickhouse/clickhouse-server:26.7')
  expect(compose.services.redis?.image).toBe('redis:8')
})

test('the commands and the environment of our services are ones that exist', () => {
  for (const [name, { build, command = [], environment }] of services) {
    if (!build) continue
    expect(existsSync(join(root, command[1] ?? '')), `${name}: ${command.join(' ')}`).toBe(true)
    const given = Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [key, value.replace(/\$\{\w+(?::-([^}]*)|:\?[^}]*)\}/g, '$1')]),
    )
    const { HOST, CLICKHOUSE_URL, REDIS_URL } = readEnv({}, given)
    expect([HOST, CLICKHOUSE_URL, REDIS_URL]).toEqual([
      '0.0.0.0',
      'http://guanlan:@clickhouse:8123/guanlan',
      'redis://redis:6379',
    ])
  }
})
