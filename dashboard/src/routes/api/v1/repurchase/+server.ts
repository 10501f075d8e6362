import { repurchaseEndpoint } from '#lib/server/api/repurchase-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(repurchaseEndpoint)
