import { setTimeout as sleep } from 'node:timers/promises'
import { type Logger, pino } from 'pino'
import type { DemoEnv } from './env.ts'
import { fill } from './fill.ts'
import { Visits } from './life/visits.ts'
import { Live } from './live.ts'
import { makeStore, storeExists } from './send/demo-store.ts'
import { IngestClient, StoreGone } from './send/ingest-client.ts'
import { Outbox } from './send/outbox.ts'
import { dayOf, parseDay, writeDay } from './shop/calendar.ts'
import { readState, type Told, writeState } from './state.ts'

interface Options {
  env: Omit<DemoEnv, 'HOST' | 'DEMO_PORT'>
  signal: AbortSignal
  /** Tells the person at the terminal. */
  say: (line: string) => void
  now: () => number
}

interface Running extends Options {
  log: Logger
}

const roundMs = 1_000
const keepEveryMs = 5_000
const sayEveryMs = 10_000
/** A store that was not found is looked for again: ingest may have started a moment ago. */
const lookAgainMs = 3_000

const count = new Intl.NumberFormat('en')
const iso = (at: number) => new Date(at).toISOString()

const firstDay = ({ as_of, days }: Told) => dayOf(Date.parse(as_of)) - days + 1

/** A demo store that begins now. */
function beginning({ env, now }: Running): Told {
  const at = now()
  return {
    phase: 'filling',
    store_id: 'demo',
    seed: env.DEMO_SEED,
    anchor: env.DEMO_ANCHOR ?? writeDay(dayOf(at)),
    days: env.DEMO_DAYS,
    share: 0,
    as_of: iso(at),
    filled_from: null,
    told_until: iso(at),
  }
}

/** Fills the history, from where an earlier run stopped. */
async function history(running: Running, state: Told, client: IngestClient, visits: Visits): Promise<Told> {
  const { env, log, signal, say, now } = running
  const outbox = new Outbox(client, state.store_id, log)
  const until = Date.parse(state.as_of)
  const from = firstDay(state)
  const newest = state.filled_from === null ? dayOf(until) : parseDay(state.filled_from) - 1
  const began = now()
  let saidAt = began
  let told = state
  const shop = { seed: state.seed, anchor: parseDay(state.anchor) }
  await fill({
    shop,
    visits,
    outbox,
    from,
    newest,
    until,
    signal,
    onStretch: (number, share) => {
      told = { ...told, filled_from: writeDay(number), share }
      writeState(env.DATA_DIR, told)
      if (now() - saidAt < sayEveryMs) return
      saidAt = now()
      say(
        `Demo store: ${Math.floor(share * 100)} % of ${state.days} days, ${count.format(outbox.sent.events ?? 0)} events`,
      )
    },
  })
  const seconds = ((now() - began) / 1000).toFixed(0)
  const { events = 0, orders = 0 } = outbox.sent
  say(
    `Demo store: filled in ${seconds} s, ${count.format(events)} events, ${count.format(orders)} orders. Shoppers are live.`,
  )
  log.info({ sent: outbox.sent, seconds: Number(seconds) }, 'history filled')
  told = { ...told, phase: 'live', share: 1 }
  writeState(env.DATA_DIR, told)
  return told
}

/** Follows the shop's clock until it is stopped. */
async function follow({ env, log, signal, now }: Running, state: Told, client: IngestClient, visits: Visits) {
  const shop = { seed: state.seed, anchor: parseDay(state.anchor) }
  const outbox = new Outbox(client, state.store_id, log)
  const live = new Live({ shop, visits, outbox, from: firstDay(state), after: Date.parse(state.told_until) })
  let at = now()
  let keptAt = at
  const keep = () => writeState(env.DATA_DIR, { ...state, told_until: iso(at) })
  await live.catchUp(at)
  keep()
  log.info({ sent: outbox.sent }, 'caught up')
  while (!signal.aborted) {
    await sleep(roundMs, undefined, { signal }).catch(() => {})
    const moment = now()
    // A clock that was set back is waited for.
    if (moment <= at) continue
    await live.goOn(moment)
    at = moment
    if (at - keptAt < keepEveryMs && !signal.aborted) continue
    keptAt = at
    keep()
  }
}

async function isGone(client: IngestClient, signal: AbortSignal): Promise<boolean> {
  for (let look = 0; look < 3; look++) {
    if (await storeExists(client)) return false
    await sleep(lookAgainMs, undefined, { signal })
  }
  return true
}

/**
 * Makes the demo store where one is wanted, fills it, and keeps it going until it is stopped or somebody removes it;
 * resumes where an earlier run ended.
 * @throws Refused when ingest does not take what it is told
 */
export async function run(options: Options): Promise<void> {
  const { env, signal, say } = options
  const log = pino({ name: 'demo', level: env.LOG_LEVEL })
  const running = { ...options, log }
  const client = new IngestClient({
    url: env.INGEST_URL,
    key: env.SERVER_KEY,
    log,
    signal,
  })
  let state = readState(env.DATA_DIR)
  if (state.phase === 'wanted') {
    const isOthers = await storeExists(client)
    state = isOthers ? { phase: 'declined' } : beginning(running)
    writeState(env.DATA_DIR, state)
  }
  if (state.phase !== 'filling' && state.phase !== 'live') return
  try {
    // Until its first day is told it may not have been made yet; later it is not made again.
    if (state.phase === 'filling' && state.filled_from === null) await makeStore(client)
    else if (await isGone(client, signal)) throw new StoreGone('The demo store was removed.')
    const visits = new Visits({ seed: state.seed, anchor: parseDay(state.anchor) })
    const told = state.phase === 'filling' ? await history(running, state, client, visits) : state
    await follow(running, told, client, visits)
  } catch (error) {
    if (!(error instanceof StoreGone) || !(await isGone(client, signal))) throw error
    writeState(env.DATA_DIR, { phase: 'removed' })
    say('Demo store: it was removed, and is not made again.')
  }
}
