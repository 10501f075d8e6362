import { dataHealthEndpoint } from '#lib/server/api/data-health-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(dataHealthEndpoint)
