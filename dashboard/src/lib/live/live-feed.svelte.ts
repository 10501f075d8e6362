import { untrack } from 'svelte'
import { hearChanges } from '#lib/frame/hear-changes.ts'
import { paced } from '#lib/frame/paced.ts'
import type { ProblemDocument } from '#lib/server/api/problem.ts'
import type { LivePart, LiveState } from '#lib/server/live/load-live.ts'
import { updated } from '$app/state'
import { sharing } from './sharing.ts'

/** What keeps numbers from coming: the network or the dashboard, the warehouse or Redis behind it, a session that has ended. */
export type Trouble = 'dashboard' | 'warehouse' | 'sessions' | 'logged_out'

/** Seconds after which a page asks by itself: numbers of the last five minutes age, and a dead connection says nothing. */
const rest = { well: 15, troubled: 4 }
/** Milliseconds between two refreshes of what costs more than it moves. */
const picturesRest = 3000
const patienceMs = 12_000

async function askState(address: string): Promise<LiveState | Trouble> {
  const answer = await fetch(address, { signal: AbortSignal.timeout(patienceMs) }).catch(() => undefined)
  if (!answer) return 'dashboard'
  if (answer.status === 401 || answer.status === 403) return 'logged_out'
  if (!answer.ok) {
    // What is refused in other words than the dashboard's own, a proxy has said in its place.
    if (!answer.headers.get('content-type')?.includes('problem+json')) return 'dashboard'
    const problem = (await answer.json().catch(() => undefined)) as ProblemDocument | undefined
    return problem?.code === 'sessions_away' ? 'sessions' : 'warehouse'
  }
  const state = (await answer.json().catch(() => undefined)) as LiveState | undefined
  if (!state) return 'dashboard'
  return Object.values(state.panels).some((panel) => panel?.ok) ? state : 'warehouse'
}

/**
 * The state of a store's Live page, asked for whenever the store has changed, and every few seconds besides. What was
 * last known stays while nothing comes. To be called while a component is made.
 */
export function liveFeed(given: { store: () => string; search: () => string; first: () => LiveState | undefined }) {
  let state = $state.raw(untrack(given.first))
  let trouble = $state<Trouble>()
  let streaming = $state(true)
  let now = $state(performance.now())
  /** When the newest state came, by the browser's own clock, which is also right where its calendar is wrong. */
  let cameAt = $state(performance.now())

  function take(next: LiveState) {
    // Of a view that has just been chosen a part is not enough to go by.
    if (state && next.key !== state.key && !next.panels.day) return
    state = sharing(state, next)
    now = cameAt = performance.now()
  }

  $effect(() => {
    const first = given.first()
    untrack(() => {
      if (first && (!state || first.key !== state.key || first.at > state.at)) take(first)
    })
  })

  $effect(() => {
    const store = given.store()
    const address = `/api/live/state?store_id=${encodeURIComponent(store)}&${given.search()}`
    let askedAt = performance.now()
    let missed = false
    let gone = false
    async function ask(part: LivePart): Promise<LiveState | Trouble | undefined> {
      // A page that nobody sees asks for nothing; it catches up when it is looked at again.
      missed ||= document.hidden
      if (document.hidden) return undefined
      const answer = await askState(`${address}&part=${part}`)
      return gone ? undefined : answer
    }
    const pictures = paced(async () => {
      const next = await ask('pictures')
      // Of troubles the numbers tell. Pictures alone are no state.
      if (typeof next !== 'string' && next && next.key === state?.key) state = sharing(state, { ...next, at: state.at })
    }, picturesRest)
    const refresh = paced(async () => {
      askedAt = performance.now()
      const next = await ask('numbers')
      if (next === undefined) return
      trouble = typeof next === 'string' ? next : undefined
      if (typeof next === 'string') return
      take(next)
      // Not before, for they would take the warehouse's time from the numbers.
      pictures()
    })
    const stop = hearChanges(store, {
      changed: refresh,
      connected: (is) => {
        if (is && !streaming) {
          refresh()
          // The server has perhaps started anew, with pages that this one no longer fits.
          void updated.check().then((isNew) => isNew && location.reload())
        }
        streaming = is
      },
    })
    const seen = () => {
      if (document.hidden || !missed) return
      missed = false
      refresh()
    }
    const clock = setInterval(() => {
      now = performance.now()
      const isWell = untrack(() => streaming && trouble === undefined)
      if (now - askedAt >= 1000 * (isWell ? rest.well : rest.troubled)) refresh()
    }, 1000)
    document.addEventListener('visibilitychange', seen)
    return () => {
      gone = true
      stop()
      refresh.stop()
      pictures.stop()
      clearInterval(clock)
      document.removeEventListener('visibilitychange', seen)
    }
  })

  return {
    get state() {
      return state
    },
    /** Why nothing comes, if so. */
    get trouble() {
      return trouble
    },
    /** Whether changes are told at once; else the page asks every few seconds. */
    get streaming() {
      return streaming
    },
    /** Seconds since the newest state came. */
    get age() {
      return Math.max(0, (now - cameAt) / 1000)
    },
    /** The server's clock in milliseconds; the browser's before anything came. */
    get clock() {
      return (state ? Date.parse(state.at) : Date.now()) + Math.max(0, now - cameAt)
    },
  }
}
export type LiveFeed = ReturnType<typeof liveFeed>
