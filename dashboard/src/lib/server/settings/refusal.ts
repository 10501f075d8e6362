import type { z } from 'zod'
import { m } from '#lib/paraglide/messages.js'

/** What a form shows when a change was not made: a sentence, or one for each field. */
export interface Refusal {
  message?: string
  /** By the path of the field. */
  fields?: Record<string, string>
  /** After a conflict: the version that stands now; sent again with it, the change is made over that one. */
  version?: number
}

/** The first thing wrong with each field, by its path, in the reader's language. */
export const fieldsOf = ({ issues }: z.ZodError): Record<string, string> =>
  Object.fromEntries(issues.map((issue) => [issue.path.join('.'), sentence(issue)]).reverse())

function sentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && issue.origin === 'string') return m.settings_wrong_empty()
  if (issue.code === 'too_small') return m.settings_wrong_small()
  if (issue.code === 'too_big' && issue.origin === 'string')
    return m.settings_wrong_long({ most: Number(issue.maximum) })
  if (issue.code === 'too_big') return m.settings_wrong_large()
  return m.settings_wrong()
}

const actorNames: Record<string, () => string> = {
  environment: m.settings_actor_environment,
  setup: m.settings_actor_setup,
  'server key': m.settings_actor_server_key,
}

/** Who changed a setting, as people call them: an address, or what of ours did it. */
export const actorName = (actor: string): string => actorNames[actor]?.() ?? actor
