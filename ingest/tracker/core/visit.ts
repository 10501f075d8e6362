import { isCookieless, options } from './options.ts'
import { read, write } from './storage.ts'
import { uuid } from './uuid.ts'

const entry = 'guanlan'
const no = '0'
const pauseMs = 18e5
/** Characters of what is remembered of lost messages. */
const mostLost = 9999

/** Visitor, session, when it was last heard of, customer, why messages were lost: one entry, which every tab of the shop reads and writes. */
type Visit = [visitor: string, session: string, at: number, customer?: string, losses?: string]

let visit: Visit | undefined
/** What the visitor said on this page. */
let answer: boolean | undefined

const parse = (text: string | null | undefined): Visit | undefined => {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

const stored = () => (isCookieless() ? '' : read(entry))

/** Whether messages may wait for an answer: not under Do-Not-Track and Global Privacy Control, nor after a no. */
export const mayWait = (): boolean =>
  navigator.doNotTrack !== '1' &&
  !(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl &&
  answer !== false

/** Whether something may be sent. An entry says that the visitor agreed, on this page or on an earlier one. */
export const allowed = (): boolean => {
  const said = stored()
  return mayWait() && said !== no && !!(answer || said || !options.consent)
}

/** Whether something may be kept in the browser. */
export const keeps = (): boolean => !isCookieless() && allowed()

const keep = (changed: Visit) => {
  visit = changed
  if (keeps()) write(entry, JSON.stringify(changed))
}

const known = (): Visit => (allowed() && parse(stored())) || visit || [uuid(), '', 0]

/** The visit, going on: after half an hour without an event it is another session. */
export function touch(): Visit {
  const kept = known()
  const at = Date.now()
  if (at - kept[2] >= pauseMs) kept[1] = uuid()
  kept[2] = at
  keep(kept)
  return kept
}

/** The visit as it stands. @returns '' when cookieless */
export const part = (index: 0 | 1): string => (isCookieless() ? '' : (visit?.[index] ?? ''))

/** Customer, losses. */
function put(index: 3 | 4, value: string): void {
  const kept = known()
  kept[index] = value
  keep(kept)
}

export const identify = (customer: string): void => put(3, customer)

/** Why messages were lost that ingest does not know of yet: each reason with a comma after it. */
export const losses = (): string => known()[4] ?? ''

export const setLosses = (reasons: string): void => put(4, reasons.slice(0, mostLost))

/** Remembers that a message was lost. */
export const lose = (reason: string): void => setLosses(`${losses()}${reason},`)

export const reset = (): void => keep([uuid(), '', 0])

export function grant(): void {
  answer = true
  // A no that was said before stands in its place.
  if (!allowed()) write(entry, '')
  touch()
}

export function refuse(): void {
  // Who never agreed where that is required has nothing kept, not even this.
  if (!isCookieless() && (stored() || !options.consent)) write(entry, no)
  answer = false
  visit = undefined
}
