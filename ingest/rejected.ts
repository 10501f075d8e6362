import { randomUUID } from 'node:crypto'
import type { FieldProblem } from './events/field-problem.ts'
import type { Personal } from './events/personal.ts'
import { cleanProperties, TooMany } from './events/properties.ts'
import { boundRejected, type RejectedRow } from './rejected-row.ts'
import { toText } from './time.ts'

interface Refusal {
  store_id: string
  personal: Personal
  receivedAt: number
  /** event, or the kind of record */
  kind: string
  protocol: string
  problem: FieldProblem
  /** As it came. */
  payload: unknown
}

function mask(payload: unknown, personal: Personal): string {
  try {
    if (typeof payload === 'object' && payload !== null && !Array.isArray(payload)) {
      return JSON.stringify(cleanProperties(payload as Record<string, unknown>, personal))
    }
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
  }
  return personal.text((typeof payload === 'string' ? payload : JSON.stringify(payload)).slice(0, 64 * 1024))
}

/** The line of a row of `rejected_events`: what was refused, with the reason beside it and personal data masked. */
export function rejectedLine({ store_id, personal, receivedAt, kind, protocol, problem, payload }: Refusal): string {
  const row: RejectedRow = {
    store_id,
    rejected_id: randomUUID(),
    received_at: toText(receivedAt),
    kind,
    protocol,
    ...problem,
    payload: mask(payload, personal),
  }
  return JSON.stringify(boundRejected(row))
}
