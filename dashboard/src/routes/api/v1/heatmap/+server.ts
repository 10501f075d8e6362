import { heatmapEndpoint } from '#lib/server/api/heatmap-endpoint.ts'
import { serveEndpoint } from '#lib/server/api/serve-endpoint.ts'

export const GET = serveEndpoint(heatmapEndpoint)
