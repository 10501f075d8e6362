import { eventsEndpoint } from '#lib/server/api/events-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(eventsEndpoint)
