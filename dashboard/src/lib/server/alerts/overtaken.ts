import type { Action } from '@guanlan/warehouse/alerts/act'
import type { IncidentVersion, Transition } from '@guanlan/warehouse/alerts/incident'

/** What somebody else may have done that an action would undo without knowing. */
const undone: Record<Action['do'], readonly Transition[]> = {
  acknowledge: [],
  release: ['acknowledged'],
  escalate: [],
  comment: [],
  silence: ['silenced'],
  own: ['owned'],
  rate: ['rated'],
  resolve: ['acknowledged', 'owned', 'reopened'],
}

/**
 * What somebody else did since an incident was looked at and an action would undo, the newest first of them. What the
 * watch wrote meanwhile, and what has nothing to do with the action, is no conflict: numbers move every minute.
 * @param timeline every version, oldest first
 * @param seen the version that was on screen
 */
export const overtaken = (
  timeline: readonly IncidentVersion[],
  { action, seen, by }: { action: Action; seen: number; by: string },
): IncidentVersion | undefined =>
  timeline.findLast(
    ({ version, transition, actor }) => version > seen && actor !== by && undone[action.do].includes(transition),
  )
