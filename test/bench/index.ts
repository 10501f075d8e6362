import { Console } from 'node:console'
import { benchFacts } from './bench-facts.ts'
import { benchPages } from './bench-pages.ts'
import type { Add, Figure } from './figure.ts'

const events = Number(process.env.BENCH_EVENTS ?? 200_000)
const figures: Figure[] = []
const add: Add = (what, measured, against, ratio) =>
  figures.push({ what, measured, against, ratio: Math.round(ratio * 1000) / 1000 })

try {
  await benchFacts(add, events)
  await benchPages(add)
} finally {
  // What was measured is told, though what came after it failed.
  new Console(process.stdout).table(figures)
}
process.stdout.write(`${JSON.stringify({ node: process.version, events, figures })}\n`)
