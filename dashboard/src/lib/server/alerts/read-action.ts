import type { Action } from '@guanlan/warehouse/alerts/act'
import { m } from '#lib/paraglide/messages.js'
import type { Form } from '../settings/form.ts'
import { nextMorning } from './next-morning.ts'

const hour = 3600_000
const longestComment = 2000
const feedbacks = ['useful', 'noise', 'expected'] as const

interface Asking {
  now: Date
  timeZone: string
  /** E-mail of who sends it. */
  by: string
}

/** What a form wants done to an incident, or what is wrong with its fields. */
export function readAction(
  form: Form,
  { now, timeZone, by }: Asking,
): { action: Action } | { fields: Record<string, string> } {
  // biome-ignore format: one shape
  switch (form.text('do')) {
    case 'acknowledge':
      return { action: { do: 'acknowledge' } }
    case 'release':
      return { action: { do: 'release' } }
    case 'resolve':
      return { action: { do: 'resolve' } }
    case 'own':
      return { action: { do: 'own', owner: form.text('owner') === 'nobody' ? '' : by } }
    case 'rate': {
      const feedback = feedbacks.find((each) => each === form.text('feedback')) ?? null
      return { action: { do: 'rate', feedback } }
    }
    case 'silence': {
      const lasting = { hour: hour, four_hours: 4 * hour }[form.text('for')]
      const until = lasting ? new Date(+now + lasting) : nextMorning(now, timeZone)
      return { action: { do: 'silence', until: until.toISOString() } }
    }
    case 'comment': {
      const text = form.text('text')
      if (text === '') return { fields: { text: m.settings_wrong_empty() } }
      if (text.length > longestComment) return { fields: { text: m.settings_wrong_long({ most: longestComment }) } }
      return { action: { do: 'comment', text } }
    }
    default:
      return { fields: { do: m.settings_wrong() } }
  }
}
