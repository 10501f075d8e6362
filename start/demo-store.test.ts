import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { wantsDemoStore } from './demo-store.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guanlan-'))
  return () => rmSync(folder, { recursive: true })
})

const usual = { empty: false, isOwn: true }
const noted = () => JSON.parse(readFileSync(join(folder, 'demo', 'state.json'), 'utf8'))

test('a new data directory gets the demo store, at every start until the store says that it is over', () => {
  expect(wantsDemoStore(folder, usual)).toBe(true)
  expect(noted()).toEqual({ phase: 'wanted' })
  mkdirSync(join(folder, 'warehouse'))
  expect(wantsDemoStore(folder, usual)).toBe(true)
  writeFileSync(join(folder, 'demo', 'state.json'), '{"phase":"removed"}')
  expect(wantsDemoStore(folder, usual)).toBe(false)
})

test('what was started empty stays without it, and --empty leaves out one that is there', () => {
  expect(wantsDemoStore(folder, { empty: true, isOwn: true })).toBe(false)
  expect(wantsDemoStore(folder, usual)).toBe(false)
  writeFileSync(join(folder, 'demo', 'state.json'), '{"phase":"live"}')
  expect(wantsDemoStore(folder, usual)).toBe(true)
  expect(wantsDemoStore(folder, { empty: true, isOwn: true })).toBe(false)
})

test('a data directory that is in use, and a ClickHouse of somebody’s own, never get it', () => {
  expect(wantsDemoStore(folder, { empty: false, isOwn: false })).toBe(false)
  rmSync(join(folder, 'demo'), { recursive: true })
  mkdirSync(join(folder, 'ingest'))
  expect(wantsDemoStore(folder, usual)).toBe(false)
  expect(noted()).toEqual({ phase: 'declined' })
})

test('a damaged note makes nothing', () => {
  wantsDemoStore(folder, usual)
  writeFileSync(join(folder, 'demo', 'state.json'), '{"pha')
  expect(wantsDemoStore(folder, usual)).toBe(false)
})
