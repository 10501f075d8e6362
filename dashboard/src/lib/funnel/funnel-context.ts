import { createContext } from 'svelte'
import type { Days } from '#lib/period/period.ts'
import type { FunnelWords } from '#lib/server/funnel/funnel-words.ts'

/** What every part of the funnel page reads: which days are looked at, and what fields and values are called. */
interface FunnelContext {
  readonly period: Days
  readonly words: FunnelWords
}

const [get, set] = createContext<() => FunnelContext>()
export const setFunnelContext = set
/** The context as it is now; call it inside `$derived` or markup. */
export const funnelContext = get
