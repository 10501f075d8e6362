import { arrivalsEndpoint } from '#lib/server/api/arrivals-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(arrivalsEndpoint)
