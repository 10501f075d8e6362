import { type EventField, isEventField } from './fields.ts'
import { readyMade } from './ready-made.ts'
import { type Step, stepOfText, textOfStep } from './step-text.ts'
import { textOfWindow, windowOfText } from './window-text.ts'

/** Which of a visitor's events may make a chain of steps; the read API says what each means. */
export const stepOrders = ['ordered', 'first_start', 'unordered'] as const
export type StepOrder = (typeof stepOrders)[number]

export const steps = { fewest: 2, most: 10 }
const defaults = { window_seconds: 86_400, order: 'ordered' } as const

/** What is asked: the steps, and how they are counted. */
export interface FunnelQuestion {
  steps: Step[]
  window_seconds: number
  order: StepOrder
  breakdown: EventField | null
}

/** What an address says of a funnel. */
export interface FunnelView extends FunnelQuestion {
  /** The saved funnel that it was opened from. */
  saved: string | null
  /** The parts of the address that say nothing we know, and were left out. */
  unread: ('step' | 'window' | 'order' | 'by')[]
}

type Params = { get(name: string): string | null; getAll(name: string): string[] }

/**
 * The funnel that an address tells, as in `?step=view_item&step=purchase&window=7d&order=unordered&by=channel`. Without
 * a step it is the ready-made way from the product to the order; a single empty one is a funnel yet to be built.
 */
export function funnelView(params: Params): FunnelView {
  const unread: FunnelView['unread'] = []
  const known = <T>(name: 'window' | 'order' | 'by', read: (text: string) => T | undefined, otherwise: T): T => {
    const text = params.get(name)
    const value = text === null ? otherwise : read(text)
    if (value === undefined) unread.push(name)
    return value ?? otherwise
  }
  const texts = params.getAll('step').filter(Boolean)
  const read = texts.flatMap((text) => stepOfText(text) ?? [])
  if (read.length < texts.length || read.length > steps.most) unread.push('step')
  const isTold = params.getAll('step').length > 0 && (read.length > 0 || texts.length === 0)
  return {
    steps: isTold ? read.slice(0, steps.most) : [...readyMade.buying],
    window_seconds: known('window', windowOfText, defaults.window_seconds),
    order: known<StepOrder>('order', (text) => stepOrders.find((each) => each === text), defaults.order),
    breakdown: known<EventField | null>('by', (text) => (isEventField(text) ? text : undefined), null),
    saved: params.get('funnel') || null,
    unread,
  }
}

/** The same page with another funnel: period and filters stay. */
export function addressOfFunnel(
  url: { pathname: string; search: string },
  { steps, window_seconds, order, breakdown }: FunnelQuestion,
  saved: string | null,
): string {
  const params = new URLSearchParams(url.search)
  for (const name of ['step', 'window', 'order', 'by', 'funnel']) params.delete(name)
  for (const text of steps.length === 0 ? [''] : steps.map(textOfStep)) params.append('step', text)
  if (window_seconds !== defaults.window_seconds) params.set('window', textOfWindow(window_seconds))
  if (order !== defaults.order) params.set('order', order)
  if (breakdown) params.set('by', breakdown)
  if (saved) params.set('funnel', saved)
  return `${url.pathname}?${params}`
}

/** Whether two funnels ask the same. */
export const sameQuestion = (a: FunnelQuestion, b: FunnelQuestion): boolean => keyOf(a) === keyOf(b)

const keyOf = (question: FunnelQuestion) => addressOfFunnel({ pathname: '', search: '' }, question, null)
