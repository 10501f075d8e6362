import { execFile, spawn } from 'node:child_process'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { baselines } from './baselines.ts'
import { columnsOf, plainColumns, readRow } from './read-row.ts'

// Scores the detector, through its stream, and three baselines on the public sets beside the repository, and prints the table of docs/detection.md.
const root = dirname(dirname(import.meta.dirname))
const data = join(root, '../shared/data/anomaly')
const tools = join(root, '../shared/tools')
const sets = {
  aiops: ['--skip', '.5', '--delay', '7'],
  wsd: ['--skip', '.5', '--delay', '7'],
  mscloud: ['--skip', '.15', '--delay', '3'],
} as const
type SetName = keyof typeof sets
const run = promisify(execFile)

if (!existsSync(data) || !existsSync(tools)) {
  process.stdout.write(`Skipped: the labelled series are not at ${data}, or the scorers not at ${tools}.\n`)
  process.exit(0)
}

const seriesOf = (set: SetName | 'nab') => {
  if (set !== 'nab') return readdirSync(join(data, set)).filter((name) => name.endsWith('.csv'))
  const folder = join(data, 'nab/data')
  return readdirSync(folder).flatMap((category) =>
    readdirSync(join(folder, category)).map((name) => join(category, name)),
  )
}
const pathOf = (set: SetName | 'nab', series: string) => join(data, set, set === 'nab' ? 'data' : '', series)

/** The detector as anyone runs it: a process that sees the lines one after another, and neither their labels nor the name of the file. */
const throughStream = async (from: string, to: string, columns: string) => {
  const unlabelled = async function* (lines: AsyncIterable<Buffer>) {
    let rest = ''
    for await (const chunk of lines) {
      const parts = (rest + chunk.toString()).split('\n')
      rest = parts.pop() ?? ''
      for (const line of parts) yield `${line.trim().split(',').slice(0, 2).join(',')}\n`
    }
    if (rest.trim() !== '') yield `${rest.trim().split(',').slice(0, 2).join(',')}\n`
  }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'index.ts'), '--stream'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const picked = async function* (lines: AsyncIterable<Buffer>) {
    yield `${columns}\n`
    let rest = ''
    let header = true
    for await (const chunk of lines) {
      const parts = (rest + chunk.toString()).split('\n')
      rest = parts.pop() ?? ''
      for (const line of parts) {
        const fields = line.split(',')
        if (!header) yield `${fields[0]},${columns.endsWith('predict') ? fields[6] : fields[5]}\n`
        header = false
      }
    }
  }
  await Promise.all([
    pipeline(createReadStream(from), unlabelled, child.stdin),
    pipeline(child.stdout, picked, createWriteStream(to)),
  ])
}

const throughBaseline = (from: string, to: string, method: keyof typeof baselines) => {
  const score = baselines[method]()
  let columns = plainColumns
  const scored = readFileSync(from, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (index === 0) {
        columns = columnsOf(line) ?? plainColumns
        return ['timestamp,anomaly_score']
      }
      const row = readRow(line, columns)
      return row ? [`${row.timestamp},${score(row).toPrecision(8)}`] : []
    })
  writeFileSync(to, `${scored.join('\n')}\n`)
}

const scores = mkdtempSync(join(tmpdir(), 'detection-'))
const json = async (script: string, args: string[]) =>
  JSON.parse((await run('python3', [join(tools, script), ...args, '--json'], { maxBuffer: 1e8 })).stdout)

type Kpi = { pooled_f1: number; event_f1: number; fa_runs_per_series_week: number; events_hit: number; events: number }
const score = async (folder: string, set: SetName, extra: string[]): Promise<Kpi> =>
  json('score-series.py', [folder, '--data', join(data, set), ...sets[set], ...extra])

const halves = (names: string[]) =>
  [0, 1].map((half) => {
    const list = join(scores, `half-${half}.txt`)
    writeFileSync(
      list,
      names
        .toSorted()
        .filter((_, index) => index % 2 === half)
        .map((name) => basename(name, '.csv'))
        .join('\n'),
    )
    return list
  })

try {
  const rows: string[] = []
  for (const method of ['detector', ...Object.keys(baselines)]) {
    const own = method === 'detector'
    for (const set of ['nab', 'aiops', 'wsd', 'mscloud'] as const) {
      const folder = join(scores, method, set)
      for (const series of seriesOf(set)) {
        const to = join(folder, series)
        mkdirSync(dirname(to), { recursive: true })
        if (own)
          await throughStream(pathOf(set, series), to, set === 'nab' ? 'timestamp,anomaly_score' : 'timestamp,predict')
        else throughBaseline(pathOf(set, series), to, method as keyof typeof baselines)
      }
      if (set === 'nab') {
        const nab = await json('score-nab.py', [folder])
        const [standard, lowFalsePositives, lowFalseNegatives] = [
          'standard',
          'reward_low_FP_rate',
          'reward_low_FN_rate',
        ].map((profile) => nab[profile].score.toFixed(1))
        rows.push(
          `| ${method} | nab | ${standard} standard · ${lowFalsePositives} low FP · ${lowFalseNegatives} low FN | | | |`,
        )
        continue
      }
      const sweep = own ? [] : ['--sweep']
      const parts: [string, Kpi][] = [[set, await score(folder, set, sweep)]]
      if (own)
        for (const [half, list] of halves(seriesOf(set)).entries())
          parts.push([`${set}, half ${half + 1}`, await score(folder, set, ['--series', list])])
      if (set === 'mscloud') {
        const list = join(scores, 'shop.txt')
        writeFileSync(
          list,
          seriesOf(set)
            .filter((name) => /^(consumer|ecommerce)/.test(name))
            .map((name) => basename(name, '.csv'))
            .join('\n'),
        )
        parts.push([`${set}, shop`, await score(folder, set, [...sweep, '--series', list])])
      }
      for (const [name, kpi] of parts)
        rows.push(
          `| ${method} | ${name} | ${kpi.pooled_f1.toFixed(3)} | ${kpi.event_f1.toFixed(3)} | ${kpi.events_hit} of ${kpi.events} | ${kpi.fa_runs_per_series_week.toFixed(2)} |`,
        )
    }
  }
  process.stdout.write(
    `| method | set | delayed F1 | event F1 | events found | false alarms per series-week |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`,
  )
} finally {
  rmSync(scores, { recursive: true })
}
