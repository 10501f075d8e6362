import { endpoints } from '#lib/server/api/endpoints.ts'
import { openapiOf } from '#lib/server/api/openapi.ts'

export const GET = () => Response.json(openapiOf(endpoints), { headers: { 'cache-control': 'public, max-age=300' } })
