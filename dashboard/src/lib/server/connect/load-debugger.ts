import type { RecentEvent } from '@guanlan/warehouse/queries/recent-events/contract'
import { type DebugFilter, requestOf } from '#lib/connect/debug-filter.ts'
import type { Language } from '#lib/format/intl.ts'
import { eventsEndpoint } from '../api/events-endpoint.ts'
import { rejectionsEndpoint } from '../api/rejections-endpoint.ts'
import { ask, askPanel, type PageWorld, questionOf } from '../ask.ts'
import { panel, soon } from '../panels.ts'
import { valueLabel } from '../words.ts'

/** A row, and the names that people know its channel and its device by. */
export interface LabelledEvent extends RecentEvent {
  labels: { channel: string; device: string; session_channel: string }
}

async function arrivalsOf(world: PageWorld, filter: DebugFilter, language: Language) {
  const { results, meta } = await ask(world, eventsEndpoint, requestOf(world.store.store_id, filter))
  const rows = results.map((row): LabelledEvent => {
    const { channel = '', device = '', session } = row.understood ?? {}
    const labels = {
      channel: valueLabel('channel', channel, language),
      device: valueLabel('device', device, language),
      session_channel: valueLabel('channel', session?.channel ?? '', language),
    }
    return { ...row, labels }
  })
  return { rows, meta }
}

/** Asks for what the debugger shows, and beside it the questions for its files. */
export async function loadDebugger(world: PageWorld, filter: DebugFilter, language: Language) {
  const { store_id } = world.store
  const reasons = { store_id, hours: filter.hours, limit: 20 }
  const panels = await soon({
    events: panel(world.log, 'events', arrivalsOf(world, filter, language)),
    reasons: askPanel(world, rejectionsEndpoint, reasons),
  })
  const questions = {
    events: questionOf(eventsEndpoint, { ...requestOf(store_id, filter), limit: 200 }),
    reasons: questionOf(rejectionsEndpoint, { ...reasons, limit: 500 }),
  }
  return { ...panels, questions }
}
