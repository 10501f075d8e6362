import { isStepField } from './fields.ts'

/** How a condition compares, as the read API calls it. */
export const operators = ['is', 'is_not', 'contains', 'matches'] as const
export type Operator = (typeof operators)[number]

/** What a step asks of its event: any of the values; with is_not none of them. */
export interface StepCondition {
  field: string
  operator: Operator
  values: string[]
}

/** One step of a funnel: an event by name, and conditions that must all hold. */
export interface Step {
  name: string
  where: StepCondition[]
}

/** What the read API takes at most. */
const most = { name: 120, conditions: 20, values: 200, value: 1000 }

// Signs that stay as they are in an address, so that people can read it; `~` before one that is meant as it stands.
const escaped = (text: string) => (text === '' ? '~0' : text.replace(/[~*]/g, '~$&'))

/** A step as an address tells it: `view_item`, `page_view**page_type*is*home*index**path*contains*tea`. */
export const textOfStep = ({ name, where }: Step): string =>
  [[name], ...where.map(({ field, operator, values }) => [field, operator, ...values])]
    .map((parts) => parts.map(escaped).join('*'))
    .join('**')

/** The step that a text tells; undefined when it tells none. */
export function stepOfText(text: string): Step | undefined {
  const [head, ...conditions] = partsOf(text) ?? []
  const [name, ...rest] = head ?? []
  if (!name || rest.length > 0 || name.length > most.name || conditions.length > most.conditions) return undefined
  const where = conditions.map(conditionOf)
  return where.every((one) => one !== undefined) ? { name, where } : undefined
}

function conditionOf([field = '', operator, ...values]: string[]): StepCondition | undefined {
  const known = operators.find((each) => each === operator)
  if (!known || !isStepField(field) || values.length === 0 || values.length > most.values) return undefined
  return values.some((value) => value.length > most.value) ? undefined : { field, operator: known, values }
}

/** Groups of parts, told apart by two stars and by one; undefined when a part is empty or an escape means nothing. */
function partsOf(text: string): string[][] | undefined {
  let part = ''
  let parts: string[] = []
  const groups = [parts]
  const end = () => {
    if (part === '') return false
    parts.push(part === '~0' ? '' : part.replace(/~([~*])/g, '$1'))
    part = ''
    return true
  }
  for (const [token] of text.matchAll(/~[~*0]|\*{1,2}|[^~*]+|~/g)) {
    if (token === '~') return undefined
    if (!token.startsWith('*')) part += token
    else if (!end()) return undefined
    else if (token === '**') {
      parts = []
      groups.push(parts)
    }
  }
  return end() ? groups : undefined
}
