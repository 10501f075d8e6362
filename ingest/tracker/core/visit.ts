import { isCookieless, options } from './options.ts'
import { read, write } from './storage.ts'
import { uuid } from './uuid.ts'

const entry = 'guanlan'
const no = '0'
const pauseMs = 18e5

/** Visitor, session, when it was last heard of, customer: one entry, which every tab of the shop reads and writes. */
type Visit = [visitor: string, session: string, at: number, customer?: string]

let visit: Visit | undefined
/** What the visitor said on this page. */
let answer: boolean | undefined
/** Do-Not-Track, Global Privacy Control. */
const refused = () =>
  navigator.doNotTrack === '1' || (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl

const parse = (text: string | null | undefined): Visit | undefined => {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

const stored = () => (isCookieless() ? '' : read(entry))

/** Whether something may be sent. An entry says that the visitor agreed, on this page or on an earlier one. */
export const allowed = (): boolean => {
  const said = stored()
  return !refused() && said !== no && (answer ?? !(options.consent && !said))
}

/** Whether messages may wait for an answer. */
export const mayWait = (): boolean => !refused() && answer !== false

/** Whether something may be kept in the browser. */
export const keeps = (): boolean => !isCookieless() && allowed()

const keep = (changed: Visit) => {
  visit = changed
  if (keeps()) write(entry, JSON.stringify(changed))
}

/** The visit, going on: after half an hour without an event it is another session. */
export function touch(): Visit {
  const kept = (allowed() && parse(stored())) || visit || [uuid(), '', 0]
  const at = Date.now()
  if (at - kept[2] >= pauseMs) kept[1] = uuid()
  kept[2] = at
  keep(kept)
  return kept
}

/** The visit as it stands. @returns '' when cookieless */
export const part = (index: 0 | 1): string => (isCookieless() ? '' : (visit?.[index] ?? ''))

export function identify(customer: string): void {
  touch()[3] = customer
  if (visit) keep(visit)
}

export const reset = (): void => keep([uuid(), '', 0])

export function grant(): void {
  answer = true
  if (stored() === no) write(entry, '')
  touch()
}

export function refuse(): void {
  // Who never agreed where that is required has nothing kept, not even this.
  if (!isCookieless() && (stored() || !options.consent)) write(entry, no)
  answer = false
  visit = undefined
}
