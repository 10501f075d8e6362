import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import type { Store } from '@guanlan/warehouse/queries/store'
import type { z } from 'zod'
import type { Table } from './csv.ts'

/** One question of the read API: what it takes, what it answers, and the same as a table for CSV. */
export interface Endpoint<Request extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> {
  name: string
  method: 'GET' | 'POST'
  summary: string
  description: string
  request: Request
  answer: Answer
  /** A request that works on a store of its own; it stands in the OpenAPI document, and the tests send it. */
  example: z.input<Request> & { store_id: string }
  /** Makes of the parameters of an address what the schema takes, where a text alone cannot say it. */
  read?(params: Record<string, string>): Record<string, unknown>
  ask(world: { warehouse: Warehouse; store: Store; asked: Asked }, request: z.output<Request>): Promise<z.input<Answer>>
  table(answer: z.output<Answer>): Table
}

/** Checks that the parts of an endpoint fit each other. */
export const endpoint = <Request extends z.ZodType<{ store_id: string }>, Answer extends z.ZodType>(
  definition: Endpoint<Request, Answer>,
) => definition
