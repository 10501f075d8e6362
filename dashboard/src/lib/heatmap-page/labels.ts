import { m } from '#lib/paraglide/messages.js'
import type { ModuleRow } from './answers.ts'
import type { Mode } from './click-modes.ts'
import type { WidthClass } from './page-address.ts'

export const widthLabels: Record<WidthClass, () => string> = {
  phone: m.heatmap_page_width_phone,
  tablet: m.heatmap_page_width_tablet,
  laptop: m.heatmap_page_width_laptop,
  wide: m.heatmap_page_width_wide,
}

export const modeLabels: Record<Mode, () => string> = {
  clicks: m.heatmap_page_mode_clicks,
  dead: m.heatmap_page_mode_dead,
  rage: m.heatmap_page_mode_rage,
  error: m.heatmap_page_mode_error,
  modules: m.heatmap_page_mode_modules,
  scroll: m.heatmap_page_mode_scroll,
  attention: m.heatmap_page_mode_attention,
}

export const flagLabels: Record<NonNullable<ModuleRow['flag']>, () => string> = {
  clicked_sells_nothing: m.heatmap_page_flag_clicked,
  never_seen: m.heatmap_page_flag_unseen,
  sells_but_low: m.heatmap_page_flag_low,
}
