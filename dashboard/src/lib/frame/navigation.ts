import Activity from '@lucide/svelte/icons/activity'
import Bell from '@lucide/svelte/icons/bell'
import BookOpen from '@lucide/svelte/icons/book-open'
import Filter from '@lucide/svelte/icons/filter'
import Flame from '@lucide/svelte/icons/flame'
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard'
import Plug from '@lucide/svelte/icons/plug'
import Radio from '@lucide/svelte/icons/radio'
import Settings from '@lucide/svelte/icons/settings'
import Undo2 from '@lucide/svelte/icons/undo-2'
import Users from '@lucide/svelte/icons/users'
import { m } from '#lib/paraglide/messages.js'

interface Page {
  path: string
  label: typeof m.nav_overview
  icon: typeof Activity
  /** Pages beside it that belong to it. */
  also?: readonly string[]
}

/** The pages of a store in the order of the navigation: what analyses it, then what runs it. */
export const groups: readonly { label: () => string; pages: readonly Page[] }[] = [
  {
    label: m.nav_group_analyse,
    pages: [
      { path: 'overview', label: m.nav_overview, icon: LayoutDashboard },
      { path: 'live', label: m.nav_live, icon: Radio },
      {
        path: 'incidents',
        label: m.nav_incidents,
        icon: Bell,
        also: ['rules', 'contact-points', 'silences', 'playbook'],
      },
      { path: 'funnel', label: m.nav_funnel, icon: Filter },
      { path: 'customers', label: m.nav_customers, icon: Users },
      { path: 'returns', label: m.nav_returns, icon: Undo2 },
      { path: 'heatmaps', label: m.nav_heatmaps, icon: Flame, also: ['week'] },
    ],
  },
  {
    label: m.nav_group_run,
    pages: [
      { path: 'connect', label: m.nav_connect, icon: Plug },
      { path: 'health', label: m.nav_health, icon: Activity },
      { path: 'definitions', label: m.nav_definitions, icon: BookOpen },
      { path: 'settings', label: m.nav_settings, icon: Settings },
    ],
  },
]

export const pages = groups.flatMap((group) => [...group.pages])

/** Whether an address lies on a page of the navigation, or on one that belongs to it. */
export const isAt = (pathname: string, base: string, { path, also = [] }: Page): boolean =>
  [path, ...also].some((each) => isOn(pathname, `${base}/${each}`))

/** Whether an address lies on a page or below it. */
export const isOn = (pathname: string, href: string): boolean => pathname === href || pathname.startsWith(`${href}/`)
