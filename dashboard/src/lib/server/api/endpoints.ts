import type { Endpoint } from './endpoint.ts'
import { queryEndpoint } from './query-endpoint.ts'

/** Every question that the read API answers. */
export const endpoints = [queryEndpoint] as unknown as Endpoint[]
