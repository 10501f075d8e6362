import { addressOfFunnel } from '#lib/funnel/funnel-view.ts'
import type { StepCondition } from '#lib/funnel/step-text.ts'

interface Element {
  selector: string
  state: string
}
type PageOf = { path: string } | { group: string }

/** What the heatmap’s clicks are called among events. */
const click = '$click'
const periodNames = ['period', 'from', 'to']

/** A group of pages as a pattern of paths, as the warehouse reads it: `*` is a part of one, `**` anything. */
const patternOf = (group: string) =>
  `^${group.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*\*?/g, (stars) => (stars === '**' ? '.+' : '[^/]+'))}/?$`

const isOne = (field: string, value: string): StepCondition => ({ field, operator: 'is', values: [value] })

/** The funnel from a click on an element to an order, in the period that is looked at. */
export function clickedFunnel(store: string, search: string, page: PageOf, { selector, state }: Element): string {
  const here = new URLSearchParams(search)
  const period = new URLSearchParams(
    periodNames.flatMap((name) => (here.has(name) ? [[name, here.get(name) ?? '']] : [])),
  )
  const where: StepCondition[] = [
    'path' in page ? isOne('path', page.path) : { field: 'path', operator: 'matches', values: [patternOf(page.group)] },
    isOne('properties.selector', selector),
    ...(state ? [isOne('properties.state', state)] : []),
  ]
  const steps = [{ name: click, where }, ...['add_to_cart', 'purchase'].map((name) => ({ name, where: [] }))]
  return addressOfFunnel(
    { pathname: `/stores/${store}/funnel`, search: period.toString() },
    { steps, window_seconds: 86_400, order: 'ordered', breakdown: null },
    null,
  )
}
