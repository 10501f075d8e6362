import { gmvFactorsEndpoint } from '#lib/server/api/gmv-factors-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const POST = serveEndpoint(gmvFactorsEndpoint)
