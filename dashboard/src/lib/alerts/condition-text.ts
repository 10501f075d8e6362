import type { NumberFormats, Unit } from '#lib/format/numbers.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Condition } from './condition.ts'
import { directionLabels } from './labels.ts'

const lasting = (for_points: number): string => (for_points > 1 ? m.alerts_for_points({ count: for_points }) : '')

/** When a rule tells, in words. */
export function conditionText(condition: Condition, unit: Unit, formats: NumberFormats): string {
  const percent = (share: number) => formats.short(share, 'ratio')
  switch (condition.type) {
    case 'anomaly':
      return m.alerts_text_anomaly({
        direction: directionLabels[condition.direction](),
        often: m.alerts_text_often({ count: formats.exact(condition.wanted_per_week, 'count') }),
      })
    case 'threshold': {
      const value = formats.exact(condition.value, unit)
      const text = condition.is === 'above' ? m.alerts_text_above({ value }) : m.alerts_text_below({ value })
      return text + lasting(condition.for_points)
    }
    case 'change':
      return (
        m.alerts_text_change({ direction: directionLabels[condition.direction](), share: percent(condition.by) }) +
        lasting(condition.for_points)
      )
    case 'share':
      return m.alerts_text_share({ share: percent(condition.above) }) + lasting(condition.for_points)
    case 'forecast':
      return m.alerts_text_forecast({ share: percent(condition.below) })
    case 'data_stopped':
      return m.alerts_text_data_stopped({ minutes: condition.minutes })
  }
}
