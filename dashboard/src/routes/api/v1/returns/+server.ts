import { returnsEndpoint } from '#lib/server/api/returns-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(returnsEndpoint)
