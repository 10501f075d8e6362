import type { Random } from '../chance/random.ts'
import { minute } from '../shop/calendar.ts'

/** Answered within minutes mostly; at night and in a crowd it takes hours. */
export function answered(random: Random, openedAt: number): number {
  return Math.floor(openedAt + Math.min(random.exponential(random.chance(0.85) ? 9 : 160), 900) * minute)
}
