import { m } from '#lib/paraglide/messages.js'
import type { Check } from './store-checks.ts'
import { type State, worst } from './thresholds.ts'

/** Everything in one sentence: that all is well, or what is not, the worst first. */
export interface Verdict {
  state: State
  title: string
  text: string
}

/**
 * Sums up checks.
 * @param complete whether everything has been looked at; what could not be is nothing to rely on
 */
export function verdictOf(checks: readonly Check[], language: 'zh' | 'en', complete: boolean): Verdict {
  const state = worst(checks.map((check) => check.state))
  if (state === 'ok') {
    return complete
      ? { state, title: m.health_all_ok(), text: m.health_ok_text() }
      : { state: 'attention', title: m.health_unknown(), text: '' }
  }
  const bad = checks.filter((check) => check.state === state)
  const words = {
    count: String(bad.length),
    names: bad.map(({ title }) => title).join(language === 'zh' ? '、' : ', '),
  }
  const [first] = bad
  return {
    state,
    title: state === 'broken' ? m.health_broken(words) : m.health_attention(words),
    text: [first?.text, first?.advice].filter(Boolean).join(language === 'zh' ? '' : ' '),
  }
}
