import type { Explanation } from '@guanlan/warehouse/alerts/incident'
import type { Setting } from '@guanlan/warehouse/settings/read'

type Change = Explanation['changes'][number]

/** What happened from half an hour before something went wrong until now is told beside it. */
const beforeMs = 30 * 60_000
const most = 20

interface Known {
  annotations: readonly Setting<'annotation'>['value'][]
  campaigns: readonly Setting<'campaign'>['value'][]
}

/** Annotations, and campaigns that began or ended, near the beginning of an incident; the nearest first. */
export function changesNear({ annotations, campaigns }: Known, beganAt: Date, until: Date): Change[] {
  const all: Change[] = [
    ...annotations.map(({ at, type, text }) => ({ at, type, text })),
    ...campaigns.flatMap(({ name, starts_at, ends_at }) => [
      { at: starts_at, type: 'campaign_start' as const, text: name },
      { at: ends_at, type: 'campaign_end' as const, text: name },
    ]),
  ]
  const far = ({ at }: Change) => Math.abs(Date.parse(at) - +beganAt)
  return all
    .filter(({ at }) => Date.parse(at) >= +beganAt - beforeMs && Date.parse(at) <= +until)
    .map((change) => ({ ...change, at: new Date(change.at).toISOString() }))
    .sort((a, b) => far(a) - far(b))
    .slice(0, most)
}
