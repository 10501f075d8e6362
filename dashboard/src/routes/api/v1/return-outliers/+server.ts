import { returnOutliersEndpoint } from '#lib/server/api/return-outliers-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(returnOutliersEndpoint)
