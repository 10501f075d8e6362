import { productsEndpoint } from '#lib/server/api/products-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(productsEndpoint)
