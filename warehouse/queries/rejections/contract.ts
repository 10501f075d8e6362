import { z } from 'zod'
import { storeId } from '../../settings/store-id.ts'

/** What `GET /api/v1/rejections` is asked. */
export const rejectionsRequest = z
  .strictObject({
    store_id: storeId.meta({ example: 'main' }),
    hours: z.coerce.number().int().min(1).max(168).default(24).meta({ description: 'How far back.' }),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  })
  .meta({ description: 'What was rejected lately, equal reasons together, the most frequent first.' })
export type RejectionsRequest = z.input<typeof rejectionsRequest>

/** What `GET /api/v1/rejections` answers. */
export const rejectionsAnswer = z.object({
  results: z.array(
    z.object({
      kind: z.string().meta({ description: '`event`, or the kind of record.' }),
      protocol: z.string(),
      code: z.string(),
      path: z.string().meta({ description: 'The field, places in lists left out: `properties.products[].price`.' }),
      message: z.string().meta({ description: 'Of the last one.' }),
      count: z.int(),
      first: z.string(),
      last: z.string(),
    }),
  ),
  meta: z.object({
    from: z.string(),
    rejected: z.int().meta({ description: 'All of them, also those of reasons that the limit leaves out.' }),
  }),
})
export type RejectionsAnswer = z.output<typeof rejectionsAnswer>
