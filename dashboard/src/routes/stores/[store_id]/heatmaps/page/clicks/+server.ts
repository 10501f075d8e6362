import { QueryError } from '@guanlan/warehouse/queries/query-error'
import { z } from 'zod'
import { heatmapEndpoint } from '#lib/server/api/heatmap-endpoint.ts'
import { Problem } from '#lib/server/api/problem.ts'
import { ask, pageWorld } from '#lib/server/ask.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'

/**
 * The clicks of a page for drawing, as the read API tells them; `request` is the question as JSON. The page asked it when it was
 * loaded: it is the same answer, which is under way or half a minute old at most.
 */
export const GET = async ({ locals, params, url }) => {
  try {
    const store = await storeOf(locals.asker, params.store_id)
    const world = { ...pageWorld(locals.asker, store), seldom: true }
    const request = z.looseObject({ part: z.literal('clicks') }).safeParse(jsonOf(url.searchParams.get('request')))
    if (!request.success) throw new Problem(400, 'Send the question as JSON in `request`.')
    return Response.json(await ask(world, heatmapEndpoint, { ...request.data, store_id: store.store_id } as never))
  } catch (error) {
    if (error instanceof Problem) return error.toResponse()
    if (error instanceof z.ZodError) return Problem.ofZod(error).toResponse()
    if (error instanceof QueryError) return new Problem(400, error.message).toResponse()
    throw error
  }
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
