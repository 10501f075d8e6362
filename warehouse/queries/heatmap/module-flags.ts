import type { Flag } from './contract.ts'
import { poissonAtLeast, poissonAtMost, wilsonUpper } from './statistics.ts'

/** What of a module tells whether something is wrong with it. */
export interface Judged {
  seen_views: number
  clicks: number
  last_click_orders: number
  last_click_gmv: number
  /** 0 to 1 of the page's height. */
  top: number
}

export interface Verdict {
  flag: Flag | null
  /** What the period would have brought beside, were the module as the rest of the page. */
  at_stake: number
}

/** How unlikely chance must be before anything is said; a page has a few dozen modules. */
const chance = 0.001
/** Of Wilson's interval, in standard deviations. */
const deviations = 3
/** Who sells less than this part of what its clicks should bring sells nothing to speak of. */
const nothing = 0.25
/** What fewer than one view in twenty sees is never seen. */
const unseen = 0.05

const total = (modules: readonly Judged[], of: (module: Judged) => number) =>
  modules.reduce((sum, module) => sum + of(module), 0)

const none: Verdict = { flag: null, at_stake: 0 }

/**
 * Judges each module against the others of its page together; few clicks or exposures flag nothing.
 * - `clicked_sells_nothing`: at the others' orders per click it should have had more orders than it has, surely (Poisson), and it
 *   has less than a quarter of them. At stake: its clicks at the others' GMV per click, less its own.
 * - `never_seen`: surely (Wilson) fewer than one view in twenty sees it. At stake: what it misses to a mean module's exposures, at
 *   the others' GMV per exposure.
 * - `sells_but_low`: in the lower half of the page and seen less than a mean module, it surely has more orders per exposure than
 *   the others. At stake: what it misses to a mean module's exposures, at its own GMV per exposure.
 * @param views of the page
 */
export function judgeModules(modules: readonly Judged[], views: number): Verdict[] {
  const all = {
    seen: total(modules, ({ seen_views }) => seen_views),
    clicks: total(modules, ({ clicks }) => clicks),
    orders: total(modules, ({ last_click_orders }) => last_click_orders),
    gmv: total(modules, ({ last_click_gmv }) => last_click_gmv),
  }
  const meanSeen = modules.length === 0 ? 0 : all.seen / modules.length
  return modules.map((module) => {
    const others = {
      seen: all.seen - module.seen_views,
      clicks: all.clicks - module.clicks,
      orders: all.orders - module.last_click_orders,
      gmv: all.gmv - module.last_click_gmv,
    }
    const missed = Math.max(0, meanSeen - module.seen_views)
    return sellsNothing(module, others) ?? neverSeen(module, others, { views, missed }) ?? sellsButLow(module, others, missed) ?? none // biome-ignore format: one line
  })
}

interface Others {
  seen: number
  clicks: number
  orders: number
  gmv: number
}

function sellsNothing({ clicks, last_click_orders, last_click_gmv }: Judged, others: Others): Verdict | undefined {
  if (others.clicks === 0) return undefined
  const expected = (clicks * others.orders) / others.clicks
  const isSure = poissonAtMost(last_click_orders, expected) < chance
  if (!isSure || last_click_orders >= expected * nothing) return undefined
  return {
    flag: 'clicked_sells_nothing',
    at_stake: Math.max(0, (clicks * others.gmv) / others.clicks - last_click_gmv),
  }
}

function neverSeen(
  { seen_views }: Judged,
  others: Others,
  { views, missed }: { views: number; missed: number },
): Verdict | undefined {
  if (wilsonUpper(seen_views, views, deviations) >= unseen) return undefined
  return { flag: 'never_seen', at_stake: others.seen === 0 ? 0 : (missed * others.gmv) / others.seen }
}

function sellsButLow(module: Judged, others: Others, missed: number): Verdict | undefined {
  const { seen_views, last_click_orders, last_click_gmv, top } = module
  if (top < 0.5 || missed === 0 || seen_views === 0 || others.seen === 0) return undefined
  const expected = (seen_views * others.orders) / others.seen
  // Without any order elsewhere one here would be infinitely more: five are asked for.
  const isSure = poissonAtLeast(last_click_orders, Math.max(expected, 1)) < chance
  return isSure ? { flag: 'sells_but_low', at_stake: (missed * last_click_gmv) / seen_views } : undefined
}
