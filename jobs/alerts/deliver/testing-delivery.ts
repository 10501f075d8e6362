import type { Redis } from 'ioredis'
import { createMetrics } from '../../metrics.ts'
import type { Delivery } from './delivery.ts'
import { createLimiter } from './limiter.ts'
import { openNet } from './net/net.ts'

/** Deliveries that reach this machine; for tests. */
export const deliveryHere = (redis: Redis, more: Partial<Delivery> = {}): Delivery => ({
  ...{ secretKey: 'key', dashboardUrl: 'http://dashboard.test', net: openNet({ allow: '127.0.0.0/8' }) },
  ...{ limiter: createLimiter(redis), metrics: createMetrics(), clock: () => new Date() },
  patienceMs: 500,
  ...more,
})
