import { m } from '#lib/paraglide/messages.js'

/** What people call each status of an order. */
export const statusLabels: Readonly<Record<string, () => string>> = {
  pending: m.live_status_pending,
  paid: m.live_status_paid,
  fulfilled: m.live_status_fulfilled,
  delivered: m.live_status_delivered,
  completed: m.live_status_completed,
  cancelled: m.live_status_cancelled,
  unfulfillable: m.live_status_unfulfillable,
}
