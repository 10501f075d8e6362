import { freshnessEndpoint } from '#lib/server/api/freshness-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(freshnessEndpoint)
