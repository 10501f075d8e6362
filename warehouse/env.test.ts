import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readEnv, secretKey } from './env.ts'
import { EnvError, port } from './parse-env.ts'

test('without a ClickHouse of its own a process asks the embedded one, wherever its port was moved', () => {
  expect(readEnv({}, {}).CLICKHOUSE_URL).toBe('http://127.0.0.1:8123/default')
  expect(readEnv({}, { WAREHOUSE_PORT: '9000' }).CLICKHOUSE_URL).toBe('http://127.0.0.1:9000/default')
  expect(readEnv({}, { CLICKHOUSE_URL: 'http://db:8123/shop', WAREHOUSE_PORT: '9000' }).CLICKHOUSE_URL).toBe(
    'http://db:8123/shop',
  )
})

test('an embedded ClickHouse with a password is asked with it, where it listens', () => {
  const login = { CLICKHOUSE_USER: 'shop', CLICKHOUSE_PASSWORD: 'p@ss/w' }
  expect(readEnv({}, login).CLICKHOUSE_URL).toBe('http://shop:p%40ss%2Fw@127.0.0.1:8123/default')
  expect(readEnv({}, { ...login, HOST: '0.0.0.0' }).CLICKHOUSE_URL).toContain('@127.0.0.1:8123/')
  expect(readEnv({}, { ...login, HOST: '10.0.0.5' }).CLICKHOUSE_URL).toContain('@10.0.0.5:8123/')
  expect(readEnv({}, { HOST: '10.0.0.5' }).CLICKHOUSE_URL).toBe('http://127.0.0.1:8123/default')
})

test('a data directory is absolute, and an empty variable counts as unset', () => {
  expect(readEnv({}, { DATA_DIR: 'var' }).DATA_DIR).toBe(resolve('var'))
  expect(readEnv({}, { DATA_DIR: '' }).DATA_DIR).toBe(resolve('data'))
})

test('a process adds variables of its own', () => {
  const env = readEnv({ INGEST_PORT: port.default(4000), SECRET_KEY: secretKey }, { SECRET_KEY: 'k', HOST: '0.0.0.0' })
  expect([env.INGEST_PORT, env.SECRET_KEY, env.HOST]).toEqual([4000, 'k', '0.0.0.0'])
})

test('a wrong variable is named and its value is not repeated', () => {
  const wrong = () => readEnv({ SECRET_KEY: secretKey }, { CLICKHOUSE_URL: 'ftp://user:hunter2@db', SECRET_KEY: 'x' })
  expect(wrong).toThrow(EnvError)
  expect(wrong).toThrow('CLICKHOUSE_URL is wrong: it must be an http:// or https:// address.')
  expect(wrong).not.toThrow(/hunter2/)
  expect(() => readEnv({}, { WAREHOUSE_PORT: '70000' })).toThrow(/^WAREHOUSE_PORT is wrong/)
  expect(() => readEnv({}, { CLICKHOUSE_CLUSTER: 'a b; DROP' })).toThrow(/^CLICKHOUSE_CLUSTER is wrong/)
  expect(() => readEnv({ SECRET_KEY: secretKey }, {})).toThrow('SECRET_KEY is wrong: it must be set')
})
