import { funnelEndpoint } from '#lib/server/api/funnel-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const POST = serveEndpoint(funnelEndpoint)
