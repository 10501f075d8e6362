import { eventValuesEndpoint } from '#lib/server/api/event-values-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(eventValuesEndpoint)
