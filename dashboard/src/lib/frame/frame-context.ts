import { createContext } from 'svelte'
import type { RecentIncident } from '#lib/alerts/recent-incident.ts'
import type { CalendarDay } from '#lib/charts/calendar-days.ts'
import type { NumberFormats } from '#lib/format/numbers.ts'
import type { Campaign } from '#lib/period/campaigns.ts'
import type { Day } from '#lib/period/days.ts'
import type { Annotation } from '#lib/server/annotations.ts'
import type { Permission } from '#lib/server/auth/permissions.ts'

/** What every page below the frame reads: the store looked at and how its numbers are written. */
interface FrameContext {
  readonly store: { store_id: string; name: string; time_zone: string; currency: string }
  readonly formats: NumberFormats
  /** Today in the store's time zone. */
  readonly today: Day
  /** What the reader's role allows in this store; the server asks again at each change. */
  readonly allowed: Record<Permission, boolean>
  /** What happened when, told on every time axis; newest first. */
  readonly annotations: readonly Annotation[]
  /** What was and is planned, the latest first. */
  readonly campaigns: readonly Campaign[]
  /** Public holidays and days worked for them, around today. */
  readonly calendar: readonly CalendarDay[]
  /** What is wrong, what hurts most first, and what was wrong lately. */
  readonly incidents: readonly RecentIncident[]
}

const [get, set] = createContext<() => FrameContext>()
export const setFrame = set
/** The frame as it is now; call it inside `$derived` or markup. */
export const frame = get
