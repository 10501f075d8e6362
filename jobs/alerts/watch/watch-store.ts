import { readIncidents } from '@guanlan/warehouse/alerts/read-incidents'
import { toClickHouse } from '@guanlan/warehouse/instant'
import type { Store } from '@guanlan/warehouse/queries/store'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { readIngestWatermark } from '../../ingest-watermark.ts'
import type { World } from '../../world.ts'
import { bookOf, type Outcome } from './book.ts'
import { type Ground, judgeBuckets, together } from './judge-buckets.ts'
import type { Judged } from './judged.ts'
import { mutes } from './muted.ts'
import { readArrival } from './read-arrival.ts'
import { readBeginning } from './read-beginning.ts'
import { type Stretch, wholeBuckets } from './read-table.ts'
import { grainSeconds, type Rule, ripensMs } from './series.ts'
import { type Settled, settledAt } from './settled.ts'
import { readStates, type State, writeStates } from './states.ts'
import { type Remembered, type StoreMemory, stateKey } from './store-memory.ts'
import { dataDefinition, dataOutcome, dataStateId, troublesOf, watchData } from './watch-data.ts'
import { historyMs, recall, seriesOf, whyNot } from './watched-series.ts'
import { type Explain, writeChanges } from './write-changes.ts'

const minuteMs = 60_000
const hourMs = 3_600_000
/** Incidents that were over before so long are history. */
const recentMs = 2 * hourMs
/** What happened while nobody watched is raised if it is no older. */
const patienceMs = 30 * minuteMs
/** After so long a run leaves the rest of learning from the past to the next. */
const turnMs = 20_000
/** A state is saved each hour at most, and so many of them in a run. */
const saveEveryMs = hourMs
const savesAtOnce = 300
const asked = { by: 'job:watch' }

const markKey = (store_id: string) => `watch:judged:${store_id}`

interface Run {
  world: World
  store: Store
  memory: StoreMemory
  /** Milliseconds. */
  now: number
  explain: Explain
  /** Proves that no other process watches the store. */
  prove: () => Promise<void>
}

async function settledOf({ world, store, now }: Run): Promise<Settled & { insertedAt: number | null }> {
  const [watermark, arrival] = await Promise.all([
    readIngestWatermark(world.redis),
    readArrival(world.warehouse, store.store_id, now, asked),
  ])
  const { good, last, trouble } = settledAt(now, { watermark, ...arrival })
  const whole = (at: number) => Math.floor(at / minuteMs) * minuteMs
  return { good: whole(good), last: whole(last), trouble, insertedAt: arrival.insertedAt }
}

/** The stretches that incidents of missing data tell of. */
async function pastTroubles({ world, store, now }: Run, rules: readonly Rule[]): Promise<Stretch[]> {
  const from = toClickHouse(new Date(now - historyMs.day))
  const found = await Promise.all(
    rules.map(({ id }) => readIncidents(world.warehouse, { store_id: store.store_id, rule_id: id, from }, asked)),
  )
  return troublesOf(found.flat(), now)
}

async function load(run: Run, dataRules: readonly Rule[]): Promise<void> {
  const { memory, world, store } = run
  if (memory.states) return
  const states = await readStates(world.warehouse, store.store_id, asked)
  memory.troubles = await pastTroubles(run, dataRules)
  memory.beginning = await readBeginning(world.warehouse, store.store_id, asked)
  memory.states = new Map(states.map((state) => [stateKey(state.rule_id, state.slice), state]))
}

/** From which end of a bucket on an alarm is raised. */
async function raiseAfter({ world, store, now }: Run): Promise<number> {
  const mark = Number(await world.redis.get(markKey(store.store_id)))
  return Math.max(mark || now - patienceMs, now - patienceMs)
}

/** Judges everything that is settled, and says what came of each series and whether there is more of the past to learn. */
async function judgeAll(run: Run, remembered: readonly Remembered[], ground: Ground, last: number) {
  const begun = Date.now()
  const mark = await raiseAfter(run)
  const outcomes: Outcome[] = []
  let judgedBuckets = 0
  const goOn = () => Date.now() - begun < turnMs && !run.world.signal.aborted
  const groups = together(remembered)
    .flatMap((group) => [...Map.groupBy(group, ({ until, series }) => `${until} ${ripensMs(series.rule)}`).values()])
    .map((group) => [group[0]?.until ?? 0, group] as const)
    // Who is up to date comes first: learning from the past has time.
    .sort(([one], [other]) => other - one)
  let isComplete = true
  for (const [until, group] of groups) {
    const { rule } = (group[0] as Remembered).series
    const { grain } = rule.value
    const ripe = ripensMs(rule)
    const buckets = wholeBuckets(run.store, grain, until, last - ripe)
    const isPast = last - until > 2 * grainSeconds[grain] * 1000 + hourMs
    if (buckets.length === 0) continue
    if (isPast && !goOn()) {
      isComplete = false
      continue
    }
    const lasts = new Map<Remembered, Outcome>()
    const onJudged = (watched: Remembered, judged: Judged) => {
      judgedBuckets += 1
      const isNew = judged.end > Math.max(mark - ripe, watched.silentUntil)
      const opened = isNew && judged.opened ? judged : lasts.get(watched)?.opened
      lasts.set(watched, { series: watched.series, last: judged, opened })
    }
    const isDone = await judgeBuckets(ground, group, buckets, { onJudged, goOn })
    // Who is still learning says nothing of today.
    if (isDone) outcomes.push(...lasts.values())
    isComplete &&= isDone
  }
  return { outcomes, judgedBuckets, isComplete }
}

/** Saves what is due, the longest unsaved first. */
async function save({ world, store, memory }: Run): Promise<number> {
  const due = [...memory.watched.values()]
    .filter(({ until, savedUntil }) => until - savedUntil >= saveEveryMs)
    .sort((a, b) => a.savedUntil - b.savedUntil)
    .slice(0, savesAtOnce)
  const states: State[] = due.map(({ series, of, until, watch }) => ({
    ...{ rule_id: series.rule.id, slice: series.slice?.value ?? '', of, until },
    text: watch.save(),
  }))
  const { data } = memory
  const isDataDue = data && data.until - data.savedUntil >= saveEveryMs
  if (isDataDue) {
    states.push({ rule_id: dataStateId, slice: '', of: dataDefinition, until: data.until, text: data.watch.save() })
  }
  await writeStates(world.warehouse, store.store_id, states)
  for (const one of due) one.savedUntil = one.until
  if (isDataDue) data.savedUntil = data.until
  return states.length
}

/** Watches a store once: judges what has settled since, and writes what became of its incidents. */
export async function watchStore(run: Run): Promise<{ did: Record<string, number>; again?: boolean }> {
  const { world, store, memory, now } = run
  const { warehouse, log } = world
  const { store_id } = store
  const settled = await settledOf(run)
  const { last } = settled
  if (last <= memory.doneUntil) return { did: {} }
  const all = await readSettings(warehouse, 'rule', { store_id })
  const rules = all.filter(({ value }) => value.enabled)
  const isData = ({ value }: Rule) => value.condition.type === 'data_stopped'
  await load(run, all.filter(isData))
  const since = toClickHouse(new Date(now - recentMs))
  const [incidents, campaigns] = await Promise.all([
    readIncidents(warehouse, { store_id, from: since }, asked),
    readSettings(warehouse, 'campaign', { store_id }),
  ])
  const dataRule = rules.find(isData)
  const verdict = await watchData({ warehouse, store, asked }, memory, settled, dataRule !== undefined)
  const watchable = rules.filter((rule) => {
    const why = isData(rule) ? 'told by the data' : whyNot(rule)
    if (why && !isData(rule)) log.warn({ store_id, rule: rule.id, why }, 'a rule cannot be watched')
    return !why
  })
  const looking = { warehouse, store, asked, now }
  const found = await Promise.all(
    watchable.map((rule) => seriesOf(looking, rule, { values: memory.values, incidents })),
  )
  const remembered = recall(memory, found.flat(), last)
  const troubles = memory.troubles ?? []
  const ground: Ground = {
    ...{ warehouse, store, asked, uplifts: memory.uplifts },
    campaigns: campaigns.map(({ id, value }) => ({ ...value, id })),
    isMuted: (rule, stretch) => mutes(troubles, rule, stretch),
    forecastsFrom: now - recentMs,
  }
  const { outcomes, judgedBuckets, isComplete } = await judgeAll(run, remembered, ground, last)
  const isAlive = settled.insertedAt !== null
  if (dataRule && verdict) outcomes.push(dataOutcome(dataRule, verdict, { currency: store.currency, isAlive }))
  const changes = bookOf(outcomes, incidents, { rules, now })
  const { explain, prove } = run
  const written = await writeChanges(world, store, changes, { rules, now, explain, prove })
  await prove()
  const saved = await save(run)
  await world.redis.set(markKey(store_id), last)
  memory.doneUntil = isComplete ? last : 0
  const told = Object.groupBy(written, ({ transition }) => transition)
  return {
    again: !isComplete,
    did: {
      ...{ series: remembered.length, judged: judgedBuckets, saved },
      ...Object.fromEntries(Object.entries(told).map(([transition, versions]) => [transition, versions.length])),
    },
  }
}
