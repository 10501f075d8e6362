import { searchOf } from '#lib/question.ts'
import type { Panel } from '#lib/server/panels.ts'

/** A failed answer's own words, where it has some that help. */
async function told(response: Response): Promise<string | undefined> {
  if (response.status >= 500) return undefined
  const problem: unknown = await response.json().catch(() => undefined)
  return typeof problem === 'object' && problem !== null && 'detail' in problem ? String(problem.detail) : undefined
}

async function fetchPanel<T>(address: string, signal: AbortSignal): Promise<Panel<T | null>> {
  try {
    const response = await fetch(address, { signal })
    if (response.ok) return { ok: true, value: (await response.json()) as T | null }
    const message = await told(response)
    return { ok: false, id: String(response.status), ...(message && { message }) }
  } catch {
    return { ok: false, id: 'network' }
  }
}

/** The address of a question to a route. */
export const addressOf = (route: string, request: object): string => `${route}?${searchOf(request)}`

/**
 * What an address answers, as a panel; null for what is not there. It is asked anew when the address changes, and when `again`
 * does, unless the answer is still good.
 * @param goodMs how long an answer is good for
 */
export function fetched<T>(address: () => string | undefined, again: () => unknown, goodMs = 30_000) {
  let value = $state.raw<Panel<T | null> | undefined>()
  let pending = $state(true)
  let last = { address: '', at: 0, ok: false }
  let underWay: { address: string; controller: AbortController } | undefined
  const withdraw = () => {
    underWay?.controller.abort()
    underWay = undefined
  }

  $effect(() => withdraw)
  $effect(() => {
    const wanted = address()
    again()
    if (wanted === undefined) {
      withdraw()
      value = undefined
      pending = false
      last = { address: '', at: 0, ok: false }
      return
    }
    // What is asked already is not asked anew: facts change more often than a large answer takes.
    if (wanted === underWay?.address) return
    withdraw()
    const isSame = wanted === last.address
    if (isSame && last.ok && Date.now() - last.at < goodMs) return
    if (!isSame) {
      value = undefined
      // Nothing is shown any more that coming back could rely on.
      last = { address: '', at: 0, ok: false }
    }
    // What is shown and only asked for again is not taken for old.
    pending = !isSame || !last.ok
    const controller = new AbortController()
    underWay = { address: wanted, controller }
    void fetchPanel<T>(wanted, controller.signal).then((panel) => {
      if (controller.signal.aborted) return
      underWay = undefined
      value = panel
      pending = false
      last = { address: wanted, at: Date.now(), ok: panel.ok && panel.value !== null }
    })
  })

  return {
    get value() {
      return value
    },
    get pending() {
      return pending
    },
  }
}
