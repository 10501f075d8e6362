import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, expect, test } from 'vitest'

const entry = join(import.meta.dirname, 'index.ts')
const folder = mkdtempSync(join(tmpdir(), 'backtest-'))
afterAll(() => rmSync(folder, { recursive: true }))

const run = async (args: string[], input?: string) => {
  const child = spawn(process.execPath, [entry, ...args])
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (text) => {
    stdout += text
  })
  child.stderr.on('data', (text) => {
    stderr += text
  })
  child.stdin.end(input)
  const code = await new Promise((resolve) => child.on('close', resolve))
  return { code, stdout, stderr }
}

const file = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** 400 minutes of 10 and 11 in turn, and one minute of 90. */
const minutes = Array.from({ length: 400 }, (_, index) => (index === 390 ? 90 : 10 + (index % 2)))
const series = `timestamp,value\n${minutes.map((value, index) => `${1_700_000_000 + index * 60},${value}`).join('\n')}\n`

test('A file gives a row a point in the given order, and a summary on standard error.', async () => {
  const { code, stdout, stderr } = await run([file('minutes.csv', series)])
  const lines = stdout.trimEnd().split('\n')
  expect(code).toBe(0)
  expect(lines).toHaveLength(401)
  expect(lines[0]).toBe('timestamp,value,expected,lower,upper,anomaly_score,is_anomaly')
  expect(lines[391]).toMatch(/^1700023400,90,1\d\.\d+,[\d.]+,[\d.]+,0\.[5-9]\d+,1$/)
  expect(lines.filter((line) => line.endsWith(',1'))).toHaveLength(1)
  expect(stderr).toBe('400 points, 0 gaps, 0.0 weeks: 1 alarms, 25.26 a week (spike 1)\n')
})

test('The stream gives what the file gives, byte for byte.', async () => {
  const whole = await run([file('same.csv', series)])
  const streamed = await run(['--stream'], series)
  expect(streamed).toEqual(whole)
})

test('The stream answers each line before the next one comes.', async () => {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [entry, '--stream', '--json'])
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  child.stdin.write('timestamp,value\n')
  for (let index = 0; index < 50; index++) {
    child.stdin.write(`${1_700_000_000 + index * 60},${index % 3}\n`)
    const { value } = await answers.next()
    expect(JSON.parse(String(value))).toMatchObject({ timestamp: String(1_700_000_000 + index * 60), value: index % 3 })
  }
  child.stdin.end()
  expect((await answers.next()).done).toBe(true)
})

test('ISO times, gaps, further columns, quotes and Windows line ends are read; what has no time is answered and counted.', async () => {
  const text =
    'label,value,timestamp\r\n1,"4","2024-01-01 00:00:00"\r\n0,,2024-01-01T00:05:00Z\r\n0,abc,2024-01-01T08:10:00+08:00\r\n0,5,never\r\n'
  const { stdout, stderr } = await run([file('iso.csv', text), '--kind', 'count', '--period', '5m'])
  const [, ...rows] = stdout.trimEnd().split('\n')
  expect(rows.map((row) => row.split(',').slice(0, 2))).toEqual([
    ['2024-01-01 00:00:00', '4'],
    ['2024-01-01T00:05:00Z', ''],
    ['2024-01-01T08:10:00+08:00', ''],
    ['', ''],
  ])
  expect(stderr).toBe('3 points, 2 gaps, 1 lines unreadable, 0.0 weeks: 0 alarms, 0.00 a week\n')
})

test('A file without a header is read as timestamp,value.', async () => {
  const { stdout } = await run([file('plain.csv', '1700000000,4\n1700000060,5\n')])
  expect(stdout.split('\n')[2]).toMatch(/^1700000060,5,/)
})

test.each([
  [[], 'name a CSV file'],
  [['--kind', 'speed', 'x.csv'], '--kind speed: one of count, ratio, money, latency, unknown'],
  [['--sensitivity', 'none', 'x.csv'], '--sensitivity none: low, normal, high'],
  [['--period', '0', 'x.csv'], '--period 0: seconds'],
  [['--stream', 'x.csv'], '--stream reads standard input'],
  [['--nonsense'], "Unknown option '--nonsense'"],
])('%j is answered with what to type instead.', async (args, told) => {
  const { code, stdout, stderr } = await run(args)
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toContain(told)
})

test('A file that is not there is said in one line.', async () => {
  const { code, stderr } = await run([join(folder, 'absent.csv')])
  expect(code).toBe(1)
  expect(stderr).toMatch(/^ENOENT: no such file.*absent\.csv'\n$/)
})
