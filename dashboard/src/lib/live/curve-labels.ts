import { m } from '#lib/paraglide/messages.js'
import type { Curve } from './live-view.ts'

/** What people call each curve. */
export const curveLabels = {
  cumulative: m.live_cumulative,
  five_minutes: m.live_five_minutes,
  minute: m.live_minute,
} as const satisfies Record<Curve, unknown>
