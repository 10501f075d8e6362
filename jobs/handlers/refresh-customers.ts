import type { Handler } from '../world.ts'

/** Snapshots of repurchase, cohorts, RFM and returns. */
export const refreshCustomers: Handler<'refresh-customers'> = async () => ({ did: {} })
