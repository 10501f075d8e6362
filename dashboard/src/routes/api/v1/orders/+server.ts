import { ordersEndpoint } from '#lib/server/api/orders-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(ordersEndpoint)
