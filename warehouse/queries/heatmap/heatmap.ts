import { z } from 'zod'
import type { Warehouse } from '../../client.ts'
import type { Asked } from '../../define-query.ts'
import { QueryError } from '../query-error.ts'
import type { Store } from '../store.ts'
import { beforeAfterRequest, runBeforeAfter } from './before-after.ts'
import { clicksRequest, runClicks } from './clicks.ts'
import { changeRow, clickRow, elementRow, moduleRow, pageRow, scrollRow, versionRow, weekRow } from './contract.ts'
import { elementsRequest, runElements } from './elements.ts'
import { modulesRequest, runModules } from './modules.ts'
import { pagesRequest, runPages } from './pages.ts'
import { runScroll, scrollRequest } from './scroll.ts'
import { pageFields, selectionFields } from './selection.ts'
import { runVersions, versionsRequest } from './versions.ts'
import { runWeek, weekRequest } from './week.ts'

/** A part of heatmaps: what it takes, how it is answered, and the shape of a row. */
interface Part {
  request: z.ZodObject
  run: (
    warehouse: Warehouse,
    store: Store,
    request: never,
    asked: Asked,
  ) => Promise<{ results: object[]; meta: object }>
  row: z.ZodObject
}

const parts = {
  pages: { request: pagesRequest, run: runPages, row: pageRow },
  clicks: { request: clicksRequest, run: runClicks, row: clickRow },
  elements: { request: elementsRequest, run: runElements, row: elementRow },
  scroll: { request: scrollRequest, run: runScroll, row: scrollRow },
  modules: { request: modulesRequest, run: runModules, row: moduleRow },
  changes: { request: beforeAfterRequest, run: runBeforeAfter, row: changeRow },
  versions: { request: versionsRequest, run: runVersions, row: versionRow },
  week: { request: weekRequest, run: runWeek, row: weekRow },
} as const satisfies Record<string, Part>
type PartName = keyof typeof parts
const partNames = Object.keys(parts) as [PartName, ...PartName[]]

/** The columns of a part's rows. */
export const columnsOf = (part: PartName): string[] => Object.keys(parts[part].row.shape)

/** What `GET /api/v1/heatmap` is asked; a field that its part does not know is refused. */
export const heatmapRequest = z
  .strictObject({
    ...selectionFields,
    ...pageFields,
    part: z.enum(partNames).meta({
      description:
        'pages: the list of pages; clicks: points by element; elements: what followed them; scroll: reach and attention; modules: what each came to; changes: modules before and after `at`; versions: structures of the page; week: a metric by hour and weekday.',
    }),
    ...pagesRequest.pick({ search: true }).shape,
    ...elementsRequest.pick({ selector: true }).shape,
    by: modulesRequest.shape.by.unwrap().optional().meta({ description: 'Of modules. Default: module.' }),
    at: beforeAfterRequest.shape.at.optional(),
    metric: weekRequest.shape.metric.unwrap().optional().meta({ description: 'Of week. Default: visitors.' }),
    filters: z.array(z.unknown()).optional().meta({ description: 'Of week: JSON, as in other questions.' }),
    limit: z.coerce.number().int().min(1).max(5000).optional().meta({ description: 'Of pages, clicks and elements.' }),
  })
  .meta({ description: 'Where people click on pages, how far they read, and what modules sell.' })
type HeatmapRequest = z.output<typeof heatmapRequest>

/** What `GET /api/v1/heatmap` answers; the rows are of the part. */
export const heatmapAnswer = z.object({
  part: z.enum(partNames),
  results: z.array(z.union(partNames.map((name) => parts[name].row) as unknown as [z.ZodObject, ...z.ZodObject[]])),
  meta: z.looseObject({ time_zone: z.string(), currency: z.string(), from: z.string(), to: z.string() }),
})
export interface HeatmapAnswer {
  part: PartName
  results: Record<string, unknown>[]
  meta: { time_zone: string; currency: string; from: string; to: string } & Record<string, unknown>
}

/** Answers a part. @throws QueryError for a field that the part does not know, or lacks; and as the part does */
export async function runHeatmap(
  warehouse: Warehouse,
  store: Store,
  { part, ...given }: HeatmapRequest,
  asked: Asked = {},
): Promise<HeatmapAnswer> {
  const { request, run } = parts[part] as Part
  const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const parsed = request.safeParse(fields)
  if (!parsed.success) throw refusal(part, parsed.error)
  return { part, ...(await run(warehouse, store, fields as never, asked)) } as unknown as HeatmapAnswer
}

function refusal(part: PartName, error: z.ZodError): QueryError {
  const [issue] = error.issues
  if (issue?.code === 'unrecognized_keys') {
    const field = issue.keys[0] ?? ''
    return new QueryError('unknown_field', field, `The part ${part} does not take ${field}.`)
  }
  const field = String(issue?.path[0] ?? '')
  return new QueryError('invalid_field', field, `${field} ${issue?.message ?? 'is wrong'}`)
}
