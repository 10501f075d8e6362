import type { Explanation, Incident, Transition } from '@guanlan/warehouse/alerts/incident'

export type Language = 'zh' | 'en'

type Told = Extract<Transition, 'opened' | 'reopened' | 'acknowledged' | 'released' | 'escalated' | 'resolved'>
type Change = Explanation['changes'][number]['type']
type Trouble = NonNullable<Explanation['data_trouble']>

/** Every text of a message, in one language. */
export interface Words {
  state: Record<Told, string>
  severity: Record<Incident['severity'], string>
  finding: Record<Incident['finding'], string>
  /** Between a metric and the value of its slice. */
  of: (metric: string, value: string) => string
  below: (share: string) => string
  above: (share: string) => string
  labels: {
    metric: string
    money: string
    since: string
    lasted: string
    cause: string
    changes: string
    advice: string
    owner: string
    data: string
    by: string
    day: string
  }
  actualExpected: (actual: string, expected: string) => string
  actual: (actual: string) => string
  lost: (perHour: string, soFar: string) => string
  gained: (perHour: string, soFar: string) => string
  lostInAll: (soFar: string) => string
  gainedInAll: (soFar: string) => string
  cause: (name: string, share: string) => string
  sinceFor: (moment: string, span: string) => string
  /** A public holiday’s day, and a weekend’s day that is worked for one. */
  holiday: (name: string, nth: number) => string
  worked: (name: string) => string
  widened: string
  change: Record<Change, string>
  trouble: Record<Trouble, string>
  acknowledgedBy: (who: string) => string
  /** Instead of a contact point that could not be reached. */
  inPlaceOf: (name: string) => string
  buttons: { incident: string; acknowledge: string; release: string; silence: string; all: string }
  digest: (count: number) => string
  test: { title: string; text: (contactPoint: string, store: string) => string }
  and: string
  comma: string
  colon: string
}
