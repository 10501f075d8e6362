import BookOpen from '@lucide/svelte/icons/book-open'
import LayoutDashboard from '@lucide/svelte/icons/layout-dashboard'
import { m } from '#lib/paraglide/messages.js'

/** The pages of a store, in the order of the navigation. */
export const pages = [
  { path: 'overview', label: m.nav_overview, icon: LayoutDashboard },
  { path: 'definitions', label: m.nav_definitions, icon: BookOpen },
] as const
