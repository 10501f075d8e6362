import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openGuard, waitForGuard } from './guard.ts'
import type { World } from './keep-running.ts'
import { listenTo } from './listen.ts'
import { type Run, runStages } from './run-stages.ts'
import type { Service, Task } from './service.ts'

let folder: string
let said: string[]
let world: World
let run: Run | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guanlan-'))
  said = []
  world = {
    say: (line) => said.push(line),
    listen: listenTo(join(folder, 'logs'), () => {}),
    guard: openGuard(folder),
    delays: { first: 100, longest: 400, settled: 60_000 },
  }
})
afterEach(async () => {
  await run?.drain()
  run = undefined
  world.guard.close()
  await waitForGuard(folder, () => {})
  await rm(folder, { recursive: true, force: true })
})

/** What the processes of a test have written down, line by line. */
const diary = () =>
  existsSync(join(folder, 'diary')) ? readFileSync(join(folder, 'diary'), 'utf8').trim().split('\n') : []
const written = async (count: number) => {
  while (diary().length < count) await sleep(10)
}

const shell = (name: string, script: string, more: Partial<Service> = {}): Service => ({
  name,
  command: ['sh', '-c', script],
  env: { DIARY: join(folder, 'diary') },
  ready: async () => diary().includes(`${name} up`),
  readyWithin: 20_000,
  stopWithin: 20_000,
  ...more,
})

/** Writes when it starts and when it is asked to stop, and takes its time for both. */
const steady = (name: string) =>
  shell(
    name,
    `trap 'sleep 0.1; echo ${name} down >> "$DIARY"; exit 0' TERM; echo ${name} up >> "$DIARY"; while :; do sleep 0.02; done`,
  )

const task = (name: string, script: string): Task => ({
  name,
  command: ['sh', '-c', script],
  env: { DIARY: join(folder, 'diary') },
  within: 20_000,
})

test('stages start one after the other; they stop in reverse, a stage’s services as they are listed', async () => {
  run = runStages(
    [
      { services: [steady('warehouse')], tasks: [] },
      { services: [], tasks: [task('setup', 'sleep 0.1; echo setup done >> "$DIARY"')] },
      { services: [steady('ingest')], tasks: [] },
      { services: [steady('dashboard'), steady('jobs')], tasks: [] },
    ],
    world,
  )
  await run.ready
  expect(diary().slice(0, 3)).toEqual(['warehouse up', 'setup done', 'ingest up'])
  await run.drain()
  expect(diary().slice(5)).toEqual(['dashboard down', 'jobs down', 'ingest down', 'warehouse down'])
  expect(said).toEqual([])
})

test('a service that ends by itself is started again after a growing, bounded pause, and it is said', async () => {
  run = runStages([{ services: [shell('jobs', 'echo jobs up >> "$DIARY"; sleep 0.1; exit 3')], tasks: [] }], world)
  await run.ready
  await written(5)
  const pauses = said.filter((line) => line.includes('ended')).slice(0, 4)
  expect(pauses).toEqual(
    ['0.1', '0.2', '0.4', '0.4'].map((pause) => `jobs ended with code 3; it is started again in ${pause} s.`),
  )
  expect(said.some((line) => line.startsWith('jobs runs again'))).toBe(true)
})

test('a service killed by somebody else is started again', async () => {
  run = runStages(
    [{ services: [shell('jobs', 'echo jobs up >> "$DIARY"; echo $$ >> "$DIARY"; exec sleep 60')], tasks: [] }],
    world,
  )
  await run.ready
  await written(2)
  process.kill(Number(diary()[1]), 'SIGKILL')
  await written(4)
  expect(said[0]).toBe('jobs was ended by SIGKILL; it is started again in 0.1 s.')
})

test('a service that ends before it answers stops the start, with its last words', async () => {
  run = runStages([{ services: [shell('ingest', 'echo "INGEST_PORT 4000 is in use." >&2; exit 1')], tasks: [] }], world)
  await expect(run.ready).rejects.toThrow('ingest ended with code 1.\n  INGEST_PORT 4000 is in use.')
})

test('a service that may end is left alone when it ends well, and started again when it does not', async () => {
  const script = 'echo run >> "$DIARY"; [ $(wc -l < "$DIARY") -ge 2 ]'
  run = runStages([{ services: [shell('demo', script, { ready: async () => true, mayEnd: true })], tasks: [] }], world)
  await run.ready
  await written(2)
  await sleep(500)
  expect(diary()).toEqual(['run', 'run'])
  expect(said).toContain('demo ended with code 1; it is started again in 0.1 s.')
})

test('a service that never answers stops the start', async () => {
  run = runStages([{ services: [shell('ingest', 'exec sleep 60', { readyWithin: 200 })], tasks: [] }], world)
  await expect(run.ready).rejects.toThrow('ingest did not answer within 0.2 s.')
})

test('a command that is not there stops the start', async () => {
  run = runStages([{ services: [shell('redis', '', { command: ['/nowhere/redis-server'] })], tasks: [] }], world)
  await expect(run.ready).rejects.toThrow('redis cannot be run: spawn /nowhere/redis-server ENOENT.')
})

test('a task that fails stops the start with its last words, and what runs is drained', async () => {
  run = runStages(
    [
      { services: [steady('warehouse')], tasks: [] },
      { services: [], tasks: [task('setup', 'echo "{\\"level\\":60,\\"msg\\":\\"No disk.\\"}"; exit 1')] },
    ],
    world,
  )
  await expect(run.ready).rejects.toThrow('setup ended with code 1.\n  fatal: No disk.')
  await run.drain()
  expect(diary()).toEqual(['warehouse up', 'warehouse down'])
})

test('a start that is called off ends its task and starts nothing more', async () => {
  const endless = task('setup', 'echo setup up >> "$DIARY"; exec sleep 60')
  run = runStages(
    [
      { services: [], tasks: [endless] },
      { services: [steady('ingest')], tasks: [] },
    ],
    world,
  )
  await written(1)
  await run.drain()
  expect(diary()).toEqual(['setup up'])
})

test('a service that does not stop in time is killed with everything it has started', async () => {
  const ticking = `(while :; do echo tick >> "$DIARY"; sleep 0.02; done) &`
  const stubborn = `trap '' TERM; ${ticking} echo ingest up >> "$DIARY"; while :; do sleep 1; done`
  run = runStages([{ services: [shell('ingest', stubborn, { stopWithin: 200 })], tasks: [] }], world)
  await run.ready
  await run.drain()
  expect(said).toEqual(['ingest did not stop within 0.2 s; it is killed.'])
  const ticks = diary().length
  await sleep(100)
  expect(diary().length).toBe(ticks)
})

test('nothing is left running when the supervisor is killed outright, and a next one waits for that', async () => {
  const at = (file: string) => JSON.stringify(new URL(file, import.meta.url).href)
  const supervisor = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { openGuard } = await import(${at('guard.ts')})
       const { spawn } = await import('node:child_process')
       const guard = openGuard(${JSON.stringify(folder)})
       for (const name of ['redis', 'ingest']) {
         const script = 'trap "sleep 0.2; echo ' + name + ' down >> \\\\"$DIARY\\\\"; exit" TERM; echo ' + name + ' up >> "$DIARY"; while :; do sleep 0.02; done'
         guard.started(spawn('sh', ['-c', script], { detached: true, stdio: 'ignore' }).pid)
       }
       setInterval(() => {}, 1000)`,
    ],
    { env: { ...process.env, DIARY: join(folder, 'diary') }, stdio: 'inherit' },
  )
  await written(2)
  supervisor.kill('SIGKILL')
  await new Promise((resolve) => supervisor.once('exit', resolve))
  const waited: string[] = []
  while (!existsSync(join(folder, 'guard.pid'))) await sleep(10)
  await waitForGuard(folder, (line) => waited.push(line))
  expect(diary().slice(2)).toEqual(['ingest down', 'redis down'])
  expect(waited).toEqual(['The run before was killed; waiting until its processes have stopped.'])
})
