import { untrack } from 'svelte'
import { m } from '#lib/paraglide/messages.js'
import { type Question, searchOf } from '#lib/question.ts'
import type { Panel } from '#lib/server/panels.ts'

/** What is wanted, and which view it belongs to: the same view asked again is a refresh. */
interface Wanted<About> {
  question: Question | undefined
  view: string
  /** Goes with the answer: what is shown beside it must be what it was asked with. */
  about: About
}

/** Milliseconds between two refreshes at least, and how many times as long as the answer took. */
const rest = { least: 10_000, factor: 10 }

/**
 * The newest answer of the read API. Another view withdraws a question that is under way, down to the warehouse; a
 * refresh of the same view waits for it, and leaves the warehouse ten times as long in peace as it took.
 */
export function asked<T, About = undefined>(given: () => Wanted<About>) {
  let value = $state.raw<Panel<T>>()
  let about = $state.raw<About>()
  let pending = $state(true)
  let view: string | undefined
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest: { question: Question; about: About } | undefined
  let ended = { at: 0, took: 0 }

  const stop = () => {
    running?.abort()
    running = undefined
    clearTimeout(timer)
    timer = undefined
  }

  async function start({ question, about: its }: { question: Question; about: About }) {
    const controller = new AbortController()
    running = controller
    const began = performance.now()
    const answer = await fetchPanel<T>(question, controller.signal)
    if (controller.signal.aborted) return
    value = answer
    about = its
    pending = false
    running = undefined
    ended = { at: performance.now(), took: performance.now() - began }
  }

  function refresh() {
    if (running || timer) return
    const pause = value?.ok ? Math.max(rest.least, rest.factor * ended.took) : 0
    timer = setTimeout(
      () => {
        timer = undefined
        if (newest) void start(newest)
      },
      Math.max(0, ended.at + pause - performance.now()),
    )
  }

  function want({ question, view: wanted, about: its }: Wanted<About>) {
    newest = question && { question, about: its }
    if (wanted === view) {
      if (newest) refresh()
      return
    }
    view = wanted
    stop()
    pending = newest !== undefined
    if (newest) void start(newest)
    else value = undefined
  }

  $effect(() => {
    const wanted = given()
    untrack(() => want(wanted))
  })
  $effect(() => stop)

  return {
    get value() {
      return value
    },
    get pending() {
      return pending
    },
    /** Of the answer that is shown. */
    get about() {
      return about
    },
  }
}

async function fetchPanel<T>({ endpoint, method, request }: Question, signal: AbortSignal): Promise<Panel<T>> {
  const failed = (message: string) => ({ ok: false, message, id: '' }) as const
  const address = `/api/v1/${endpoint}`
  try {
    const response = await (method === 'GET'
      ? fetch(`${address}?${searchOf(request)}`, { signal })
      : fetch(address, {
          method,
          signal,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(request),
        }))
    const body = await response.json()
    if (response.ok) return { ok: true, value: body }
    return failed(response.status < 500 ? body.detail : m.funnel_failed())
  } catch {
    return failed(m.funnel_failed())
  }
}
