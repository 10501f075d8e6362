import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import { widthClasses } from '../../heatmap/width-class.ts'
import { readTracking } from '../../settings/read-tracking.ts'
import { storeId } from '../../settings/store-id.ts'
import { dayOrInstant, periodOf, toIso, toParam } from '../period.ts'
import { QueryError } from '../query-error.ts'
import { segment } from '../rfm/contract.ts'
import type { Store } from '../store.ts'

const word = z.string().max(200)

/** Which page views a question of heatmaps is about. */
export const selectionFields = {
  store_id: storeId.meta({ example: 'main' }),
  from: dayOrInstant,
  to: dayOrInstant,
  width_class: z.enum(widthClasses).optional().meta({
    description: 'The viewport’s width: phone below 600 px, tablet below 1024, laptop below 1440, wide from there.',
  }),
  version: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'must be 16 hexadecimal digits')
    .optional()
    .meta({ description: 'One structure of the page.' }),
  variant: word.optional().meta({ description: 'Of an experiment.' }),
  channel: word.optional().meta({ description: 'Of the visit.' }),
  campaign: word.optional(),
  visitors: z
    .enum(['new', 'returning'])
    .optional()
    .meta({ description: 'new: in the visitor’s first visit that is known.' }),
  segment: segment.optional().meta({
    description: 'Of the visitor’s customer, by the year up to the end of the period: only who has ordered is in one.',
  }),
  converted: z
    .enum(['yes', 'no'])
    .optional()
    .meta({ description: 'Whether the visitor placed a paid order within 24 hours after the view began.' }),
}

/** The page that a question is about, beside its selection: a path, or a group of paths. */
export const pageFields = {
  path: z.string().min(1).max(1024).optional().meta({ example: '/product/p-001' }),
  group: z
    .string()
    .min(1)
    .max(1024)
    .optional()
    .meta({ description: 'A group of pages, as the list of pages tells it.', example: '/product/*' }),
}

const selection = z.object({ ...selectionFields, ...pageFields })
type Fields = z.output<typeof selection>

/** A selection that can be asked: whose, of when, and how the store groups its pages. */
export interface Selection extends Omit<Fields, 'from' | 'to' | 'store_id'> {
  store: Store
  patterns: readonly string[]
  /** Of ClickHouse; every query of heatmaps takes them. */
  params: { store_id: string; from: string; to: string; time_zone: string }
  /** As people read it. */
  meta: { time_zone: string; currency: string; from: string; to: string }
}

/** @throws QueryError when the period is empty */
export async function selectionOf(
  warehouse: Warehouse,
  store: Store,
  { store_id: _, from, to, ...fields }: Fields,
): Promise<Selection> {
  const { store_id, time_zone, currency } = store
  const period = periodOf([from, to], time_zone, 'from')
  const { page_groups } = await readTracking(warehouse, store_id)
  return {
    ...fields,
    store,
    patterns: page_groups,
    params: { store_id, time_zone, from: toParam(period.from), to: toParam(period.to) },
    meta: { time_zone, currency, from: toIso(period.from), to: toIso(period.to) },
  }
}

/** @throws QueryError unless either a path or a group is named */
export function needsPage<Asked extends Pick<Fields, 'path' | 'group'>>(fields: Asked): Asked {
  if ((fields.path === undefined) !== (fields.group === undefined)) return fields
  throw new QueryError('page_needed', 'path', 'Name one page: either its path, or its group.')
}

/** The same of one page. @throws QueryError also when none is named */
export const pageSelectionOf = (warehouse: Warehouse, store: Store, fields: Fields): Promise<Selection> =>
  selectionOf(warehouse, store, needsPage(fields))
