import { m } from '#lib/paraglide/messages.js'

type Labels<Name extends string> = Record<Name, () => string>

export const roleLabels: Labels<'owner' | 'analyst' | 'operator' | 'viewer'> = {
  owner: m.settings_role_owner,
  analyst: m.settings_role_analyst,
  operator: m.settings_role_operator,
  viewer: m.settings_role_viewer,
}

/** What each role may do, in a sentence. */
export const roleTexts: Labels<keyof typeof roleLabels> = {
  owner: m.settings_role_owner_text,
  analyst: m.settings_role_analyst_text,
  operator: m.settings_role_operator_text,
  viewer: m.settings_role_viewer_text,
}

export const scopeLabels: Labels<'write' | 'server' | 'read'> = {
  write: m.settings_scope_write,
  server: m.settings_scope_server,
  read: m.settings_scope_read,
}

/** What each key opens, in a sentence. */
export const scopeTexts: Labels<keyof typeof scopeLabels> = {
  write: m.settings_scope_write_text,
  server: m.settings_scope_server_text,
  read: m.settings_scope_read_text,
}

export const campaignTypeLabels: Labels<'promotion' | 'presale' | 'coupon' | 'live' | 'other'> = {
  promotion: m.settings_campaign_type_promotion,
  presale: m.settings_campaign_type_presale,
  coupon: m.settings_campaign_type_coupon,
  live: m.settings_campaign_type_live,
  other: m.settings_campaign_type_other,
}

export const annotationTypeLabels: Labels<'note' | 'deploy' | 'price' | 'stock' | 'campaign' | 'outage'> = {
  note: m.settings_annotation_type_note,
  deploy: m.settings_annotation_type_deploy,
  price: m.settings_annotation_type_price,
  stock: m.settings_annotation_type_stock,
  campaign: m.settings_annotation_type_campaign,
  outage: m.settings_annotation_type_outage,
}

/** The kinds of setting that the log of changes tells of. */
export const kindLabels: Record<string, () => string> = {
  store: m.settings_kind_store,
  key: m.settings_kind_key,
  user: m.settings_kind_user,
  invitation: m.settings_kind_invitation,
  campaign: m.settings_kind_campaign,
  annotation: m.settings_kind_annotation,
  target: m.settings_kind_target,
  funnel: m.settings_kind_funnel,
  rule: m.settings_kind_rule,
  contact_point: m.settings_kind_contact_point,
  silence: m.settings_kind_silence,
  playbook: m.settings_kind_playbook,
  tracking: m.settings_kind_tracking,
}

/** The fields of settings; one that is not here is told by its own name. */
export const fieldLabels: Record<string, () => string> = {
  name: m.settings_field_name,
  time_zone: m.settings_field_time_zone,
  currency: m.settings_field_currency,
  trusts_sender_sessions: m.settings_field_trusts_sender_sessions,
  scope: m.settings_field_scope,
  hash: m.settings_field_hash,
  last_four: m.settings_field_last_four,
  origins: m.settings_field_origins,
  public_key: m.settings_field_hash,
  expires_at: m.settings_field_expires_at,
  email: m.settings_field_email,
  password_hash: m.settings_field_password,
  environment_password_hash: m.settings_field_environment_password,
  roles: m.settings_field_roles,
  purpose: m.settings_field_purpose,
  token_hash: m.settings_field_token,
  user_version: m.settings_field_user_version,
  type: m.settings_field_type,
  starts_at: m.settings_field_starts_at,
  ends_at: m.settings_field_ends_at,
  utm_campaigns: m.settings_field_utm_campaigns,
  note: m.settings_field_note,
  at: m.settings_field_at,
  text: m.settings_field_text,
  metric: m.settings_field_metric,
  from: m.settings_field_from,
  to: m.settings_field_to,
  value: m.settings_field_value,
  steps: m.settings_field_steps,
  window_seconds: m.settings_field_window_seconds,
  breakdown: m.settings_field_breakdown,
  updated_at: m.settings_field_updated_at,
  heatmap_rate: m.settings_field_heatmap_rate,
  daily_views_per_page: m.settings_field_daily_views_per_page,
  snapshots: m.settings_field_snapshots,
  mask: m.settings_field_mask,
  block: m.settings_field_block,
  module_selector: m.settings_field_module_selector,
  page_groups: m.settings_field_page_groups,
  grain: m.grain,
  condition: m.alerts_field_condition,
  by: m.alerts_field_by,
  least: m.alerts_field_least,
  filters: m.alerts_field_filters,
  severity: m.alerts_field_severity,
  notify: m.alerts_field_notify,
  escalate: m.alerts_more,
  owner: m.alerts_field_owner,
  enabled: m.alerts_field_enabled,
  sealed: m.alerts_field_url,
  mention: m.alerts_field_mention,
  is_default: m.alerts_default,
  fallback: m.alerts_field_fallback,
  language: m.alerts_field_language,
  reason: m.alerts_field_reason,
  rules: m.alerts_field_rules,
  slice: m.alerts_field_slice,
  hours: m.alerts_quiet_hours,
  place: m.alerts_field_place,
}

export const whatLabels: Labels<'made' | 'changed' | 'removed'> = {
  made: m.settings_audit_made,
  changed: m.settings_audit_changed,
  removed: m.settings_audit_removed,
}

/** What a link is for. */
export const purposeLabels: Labels<'invitation' | 'password_reset'> = {
  invitation: m.settings_kind_invitation,
  password_reset: m.settings_user_reset,
}
