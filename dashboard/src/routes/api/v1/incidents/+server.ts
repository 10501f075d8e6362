import { incidentsEndpoint } from '#lib/server/api/incidents-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(incidentsEndpoint)
