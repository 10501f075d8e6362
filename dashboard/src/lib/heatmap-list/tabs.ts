import { m } from '#lib/paraglide/messages.js'

/** The pages about where and when people are in the shop. */
export const tabs = [
  { path: 'heatmaps', label: m.heatmaps_tab_pages },
  { path: 'week', label: m.heatmaps_tab_week },
] as const
