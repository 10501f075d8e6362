import type { EventValuesAnswer } from '@guanlan/warehouse/queries/event-values/contract'
import type { Question } from '#lib/question.ts'

export type { EventValuesAnswer }

interface Wanted {
  store_id: string
  from: string
  to: string
  of: string
  event?: string | undefined
  search?: string | undefined
  limit?: number
}

/** The question which values events have. */
export const eventValuesQuestion = ({ event, search, ...request }: Wanted): Question => ({
  endpoint: 'event-values',
  method: 'GET',
  request: { ...request, ...(event && { event }), ...(search && { search }) },
})
