import { rfmEndpoint } from '#lib/server/api/rfm-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(rfmEndpoint)
