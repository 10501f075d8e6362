import { randomUUID } from 'node:crypto'
import type { FieldProblem } from './events/field-problem.ts'
import type { Personal } from './events/personal.ts'
import { cleanProperties } from './events/properties.ts'
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

const longestText = 64 * 1024

function mask(payload: unknown, personal: Personal): string {
  if (typeof payload === 'string') return personal.brokenJson(payload.slice(0, longestText))
  const { payload: clean } = cleanProperties({ payload }, personal, { cut: true })
  return JSON.stringify(clean ?? null)
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
