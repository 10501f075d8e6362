import type { Explanation } from '@guanlan/warehouse/alerts/incident'
import { channelGroup } from '@guanlan/warehouse/channels'
import type { Setting } from '@guanlan/warehouse/settings/read'

type Playbook = Setting<'playbook'>['value']

export interface Told {
  direction: 'drop' | 'spike'
  metric: Playbook['when']['metric']
  /** The factor that carries most of the gap. */
  factor: NonNullable<Playbook['when']['factor']> | undefined
  causes: Explanation['causes']
}

const most = 3

function fits({ when }: Playbook, { direction, metric, factor, causes }: Told): boolean {
  const slices = causes[0]?.slices ?? []
  const channel = slices.find((slice) => slice.dimension === 'channel')
  const group = channel && channelGroup(channel.value)
  if (when.direction !== 'both' && when.direction !== direction) return false
  if (when.metric && when.metric !== metric) return false
  if (when.factor && when.factor !== factor) return false
  if (when.channel_group && when.channel_group !== group) return false
  const { dimension, value } = when
  return !dimension || slices.some((one) => one.dimension === dimension && (!value || one.value === value))
}

/** The lines of a store's playbook that fit, in its order. */
export const playbookOf = (lines: readonly Playbook[], told: Told): Playbook['text'][] =>
  lines
    .filter((line) => fits(line, told))
    .sort((a, b) => a.place - b.place)
    .slice(0, most)
    .map(({ text }) => text)
