import { z } from 'zod'
import { id, label, moment, optionalId, optionalMoment } from './fields.ts'
import { defineRecord } from './record.ts'

const ticketKinds = ['enquiry', 'complaint', 'exchange', 'refund'] as const

/** After-sales: a question, a complaint, an exchange, a refund that is asked for. */
export const tickets = defineRecord({
  table: 'tickets',
  body: z.object({
    ticket_id: id,
    kind: z.enum(ticketKinds, `must be one of ${ticketKinds.join(', ')}`),
    status: label,
    order_id: optionalId,
    customer_id: optionalId,
    sku: optionalId,
    reason: label,
    opened_at: moment,
    answered_at: optionalMoment,
    solved_at: optionalMoment,
    updated_at: moment,
  }),
  toColumns: (ticket, { personal }) => ({
    ...ticket,
    customer_id: personal.pseudonym(ticket.customer_id),
    reason: personal.text(ticket.reason),
  }),
})
