import { cohortsEndpoint } from '#lib/server/api/cohorts-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(cohortsEndpoint)
