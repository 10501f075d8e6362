import { rejectionsEndpoint } from '#lib/server/api/rejections-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(rejectionsEndpoint)
