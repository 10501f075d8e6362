import type { Incident, Transition } from './incident.ts'

/** What people and jobs do to an incident. */
export type Action =
  | { do: 'acknowledge' }
  /** Nobody is at it any more: the opposite of acknowledging. */
  | { do: 'release' }
  | { do: 'escalate' }
  /** Nobody is told of it until then. */
  | { do: 'silence'; until: string }
  | { do: 'comment'; text: string }
  | { do: 'own'; owner: string }
  | { do: 'rate'; feedback: Incident['feedback'] }
  | { do: 'resolve' }

export class ActionRefused extends Error {
  override name = 'ActionRefused'
  readonly code: 'already_acknowledged' | 'not_acknowledged' | 'already_resolved' | 'link_used'

  constructor(code: ActionRefused['code'], message: string) {
    super(message)
    this.code = code
  }
}

const done: Record<Action['do'], Transition> = {
  acknowledge: 'acknowledged',
  release: 'released',
  escalate: 'escalated',
  silence: 'silenced',
  comment: 'commented',
  own: 'owned',
  rate: 'rated',
  resolve: 'resolved',
}

function next(incident: Incident, action: Action, by: string, at: string): Incident {
  switch (action.do) {
    case 'acknowledge':
      return { ...incident, state: 'acknowledged', acknowledged: { at, by } }
    case 'release':
      return { ...incident, state: 'open', acknowledged: null }
    case 'escalate':
      return { ...incident, escalated_at: at }
    case 'silence':
      return { ...incident, silenced_until: new Date(action.until).toISOString() }
    case 'comment':
      return { ...incident, comments: [...incident.comments, { at, by, text: action.text }] }
    case 'own':
      return { ...incident, owner: action.owner }
    case 'rate':
      return { ...incident, feedback: action.feedback }
    case 'resolve':
      return { ...incident, state: 'resolved', resolved_at: at }
  }
}

/**
 * An incident after an action, and what that was. Pure.
 * @param nonce of the link it was done by; each works once
 * @throws ActionRefused when it makes no sense as the incident stands
 */
export function act(
  incident: Incident,
  action: Action,
  { by, at, nonce }: { by: string; at: Date; nonce?: string },
): { value: Incident; transition: Transition } {
  const isOver = incident.state === 'resolved'
  if (nonce && incident.links_used.includes(nonce)) throw new ActionRefused('link_used', 'This link was used already.')
  if (isOver && ['acknowledge', 'release', 'escalate', 'silence', 'resolve'].includes(action.do)) {
    throw new ActionRefused('already_resolved', 'The incident is over.')
  }
  if (action.do === 'acknowledge' && incident.state === 'acknowledged') {
    throw new ActionRefused('already_acknowledged', `${incident.acknowledged?.by} has acknowledged it already.`)
  }
  if (action.do === 'release' && incident.state === 'open') {
    throw new ActionRefused('not_acknowledged', 'Nobody has acknowledged it.')
  }
  const value = next(incident, action, by, at.toISOString())
  return {
    value: nonce ? { ...value, links_used: [...value.links_used, nonce] } : value,
    transition: done[action.do],
  }
}
