import { queryEndpoint } from '#lib/server/api/query-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const POST = serveEndpoint(queryEndpoint)
