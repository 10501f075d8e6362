export type Phase = 'current' | 'planned' | 'past'

/** Whether a silence has begun and is not over, by the server's clock. */
export function phaseOf({ starts_at, ends_at }: { starts_at: string; ends_at: string }, now: number): Phase {
  if (Date.parse(ends_at) <= now) return 'past'
  return Date.parse(starts_at) > now ? 'planned' : 'current'
}
