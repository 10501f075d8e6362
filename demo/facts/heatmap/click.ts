import type { Random } from '../../chance/random.ts'

/** What somebody presses, and why it is worth nothing where that is so. */
export interface Press {
  selector: string
  module: string
  slot?: number
  href?: string
  text?: string
  state?: string
  fixed?: boolean
  dead?: boolean
  rage?: boolean
  error?: boolean
}

/** A press as the tracker tells it. @param at milliseconds since 1970 */
export const clickOf = (random: Random, n: number, at: number, press: Press): Record<string, unknown> => {
  const share = () => Math.round(Math.min(0.97, Math.max(0.03, random.normal(0.5, 0.17))) * 1e4) / 1e4
  return {
    ...{ n, at: new Date(at).toISOString(), x: share(), y: share() },
    ...{ slot: 0, href: '', text: '', state: '', fixed: false, dead: false, rage: false, error: false },
    ...press,
  }
}
