import { paceEndpoint } from '#lib/server/api/pace-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(paceEndpoint)
