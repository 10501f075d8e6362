import { widthClasses } from '@guanlan/warehouse/heatmap/width-class'
import { readSnapshot } from '@guanlan/warehouse/queries/heatmap/snapshot'
import { QueryError } from '@guanlan/warehouse/queries/query-error'
import { z } from 'zod'
import { Problem } from '#lib/server/api/problem.ts'
import { readStore } from '#lib/server/api/read-store.ts'
import { nameOf } from '#lib/server/auth/asker.ts'
import { connections } from '#lib/server/connections.ts'

const asked = z.object({
  path: z.string().min(1).max(1024).optional(),
  group: z.string().min(1).max(1024).optional(),
  width_class: z.enum(widthClasses),
  version: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
})

/** The newest copy of a page, or of one of a group; null while there is none. */
export const GET = async ({ locals, params, url, request }) => {
  try {
    const { warehouse } = connections()
    const store = await readStore(warehouse, locals.asker, params.store_id)
    const wanted = asked.parse(Object.fromEntries(url.searchParams))
    const found = await readSnapshot(
      warehouse,
      store,
      { store_id: store.store_id, ...wanted },
      { signal: request.signal, ...(locals.asker && { by: nameOf(locals.asker) }) },
    )
    return Response.json(found ?? null)
  } catch (error) {
    if (error instanceof Problem) return error.toResponse()
    if (error instanceof z.ZodError) return Problem.ofZod(error).toResponse()
    if (error instanceof QueryError) return new Problem(400, error.message).toResponse()
    throw error
  }
}
