import type { ContactPointType } from '@guanlan/warehouse/alerts/address'
import type { Explanation, Incident, Transition } from '@guanlan/warehouse/alerts/incident'
import type { Value } from '@guanlan/warehouse/settings/kinds'
import { m } from '#lib/paraglide/messages.js'

type Labels<Name extends string> = Record<Name, () => string>

export const severityLabels: Labels<Incident['severity']> = {
  critical: m.alerts_severity_critical,
  warning: m.alerts_severity_warning,
  info: m.alerts_severity_info,
}

export const stateLabels: Labels<Incident['state']> = {
  open: m.alerts_state_open,
  acknowledged: m.alerts_state_acknowledged,
  resolved: m.alerts_state_resolved,
}

export const findingLabels: Labels<Incident['finding']> = {
  drop: m.alerts_finding_drop,
  spike: m.alerts_finding_spike,
  level_shift: m.alerts_finding_level_shift,
  slow_decline: m.alerts_finding_slow_decline,
  slow_rise: m.alerts_finding_slow_rise,
  flat_line: m.alerts_finding_flat_line,
  missing: m.alerts_finding_missing,
  threshold: m.alerts_finding_threshold,
  change: m.alerts_finding_change,
  share: m.alerts_finding_share,
  forecast: m.alerts_finding_forecast,
  data_stopped: m.alerts_finding_data_stopped,
}

export const transitionLabels: Labels<Transition> = {
  opened: m.alerts_did_opened,
  reopened: m.alerts_did_reopened,
  updated: m.alerts_did_updated,
  acknowledged: m.alerts_did_acknowledged,
  released: m.alerts_did_released,
  escalated: m.alerts_did_escalated,
  silenced: m.alerts_did_silenced,
  commented: m.alerts_did_commented,
  owned: m.alerts_did_owned,
  rated: m.alerts_did_rated,
  resolved: m.alerts_did_resolved,
}

export const changeLabels: Labels<Explanation['changes'][number]['type']> = {
  note: m.settings_annotation_type_note,
  deploy: m.settings_annotation_type_deploy,
  price: m.settings_annotation_type_price,
  stock: m.settings_annotation_type_stock,
  campaign: m.settings_annotation_type_campaign,
  outage: m.settings_annotation_type_outage,
  campaign_start: m.alerts_change_campaign_start,
  campaign_end: m.alerts_change_campaign_end,
  payment_failures: m.alerts_change_payment_failures,
  page_errors: m.alerts_change_page_errors,
  load_time: m.alerts_change_load_time,
  bots: m.alerts_change_bots,
  rejected_events: m.alerts_change_rejected_events,
}

/** What the trouble is, and what it means for the numbers. */
export const troubleLabels: Labels<NonNullable<Explanation['data_trouble']>> = {
  ingest_down: m.alerts_trouble_ingest_down,
  spool_behind: m.alerts_trouble_spool_behind,
  warehouse_behind: m.alerts_trouble_warehouse_behind,
  tracker_stopped: m.alerts_trouble_tracker_stopped,
  events_rejected: m.alerts_trouble_events_rejected,
  bots: m.alerts_trouble_bots,
}

export const feedbackLabels: Labels<NonNullable<Incident['feedback']>> = {
  useful: m.alerts_feedback_useful,
  noise: m.alerts_feedback_noise,
  expected: m.alerts_feedback_expected,
}

export const grainLabels: Labels<Incident['grain']> = {
  minute: m.alerts_grain_minute,
  five_minutes: m.alerts_grain_five_minutes,
  hour: m.alerts_grain_hour,
  day: m.alerts_grain_day,
}

export const directionLabels: Labels<'drop' | 'spike' | 'both'> = {
  drop: m.alerts_direction_drop,
  spike: m.alerts_direction_spike,
  both: m.alerts_direction_both,
}

export const typeLabels: Labels<ContactPointType> = {
  wecom: m.alerts_type_wecom,
  dingtalk: m.alerts_type_dingtalk,
  feishu: m.alerts_type_feishu,
  slack: () => 'Slack',
  email: m.alerts_type_email,
  webhook: () => 'Webhook',
  sms: m.alerts_type_sms,
}

export const conditionLabels: Labels<Value<'rule'>['condition']['type']> = {
  anomaly: m.alerts_condition_anomaly,
  threshold: m.alerts_condition_threshold,
  change: m.alerts_condition_change,
  share: m.alerts_condition_share,
  forecast: m.alerts_condition_forecast,
  data_stopped: m.alerts_condition_data_stopped,
}

export const factorLabels: Labels<keyof NonNullable<Explanation['factors']>> = {
  visitors: m.alerts_factor_visitors,
  conversion_rate: m.alerts_factor_conversion_rate,
  spend_per_buyer: m.alerts_factor_spend_per_buyer,
}

export const deliveryLabels: Labels<'waiting' | 'sending' | 'retrying' | 'sent' | 'given_up'> = {
  waiting: m.alerts_delivery_waiting,
  sending: m.alerts_delivery_sending,
  retrying: m.alerts_delivery_retrying,
  sent: m.alerts_delivery_sent,
  given_up: m.alerts_delivery_given_up,
}
