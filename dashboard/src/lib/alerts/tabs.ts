import { m } from '#lib/paraglide/messages.js'
import type { Permission } from '#lib/server/auth/permissions.ts'

interface Tab {
  path: string
  label: typeof m.alerts_tab_incidents
  /** Who may not is not shown the page. */
  needs?: Permission
}

/** The pages of alerts, in the order of their navigation. */
export const tabs: readonly Tab[] = [
  { path: 'incidents', label: m.alerts_tab_incidents },
  { path: 'rules', label: m.alerts_tab_rules },
  { path: 'contact-points', label: m.alerts_tab_contact_points, needs: 'change_contact_points' },
  { path: 'silences', label: m.alerts_tab_silences },
  { path: 'playbook', label: m.alerts_tab_playbook },
]
