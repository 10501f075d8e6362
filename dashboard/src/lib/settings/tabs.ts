import { m } from '#lib/paraglide/messages.js'
import type { Permission } from '#lib/server/auth/permissions.ts'

interface Tab {
  path: string
  label: () => string
  /** Who may not is not shown the page. */
  needs?: Permission
}

/** The pages of the settings, in the order of their navigation. */
export const tabs: readonly Tab[] = [
  { path: 'store', label: m.settings_tab_store },
  { path: 'tracking', label: m.settings_tab_tracking },
  { path: 'keys', label: m.settings_tab_keys, needs: 'see_keys' },
  { path: 'users', label: m.settings_tab_users, needs: 'change_users' },
  { path: 'targets', label: m.settings_tab_targets },
  { path: 'campaigns', label: m.settings_tab_campaigns },
  { path: 'annotations', label: m.settings_tab_annotations },
  { path: 'audit', label: m.settings_tab_audit, needs: 'see_audit' },
  { path: 'account', label: m.settings_tab_account },
]
