import { tracking } from '@guanlan/warehouse/settings/tracking'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../auth/asker.ts'
import { changeSetting } from './change-setting.ts'
import type { Form } from './form.ts'
import { fieldsOf, type Refusal } from './refusal.ts'

export type { Tracking } from '@guanlan/warehouse/settings/tracking'

const linesOf = (text: string) => text.split('\n').flatMap((line) => line.trim() || [])
/** A number as it was typed; NaN for none. */
const numberOf = (text: string) => (text === '' ? Number.NaN : Number(text.replace(/[,，\s]/g, '')))

const words: Record<string, () => string> = {
  heatmap_rate: m.settings_tracking_rate_wrong,
  daily_views_per_page: m.settings_tracking_daily_wrong,
  page_groups: m.settings_tracking_groups_wrong,
}

/** Changes what the tracker of a store sends for heatmaps. @returns the version written, or what is wrong with which field */
export async function saveTracking(
  asker: Asker | undefined,
  store_id: string,
  form: Form,
): Promise<{ version: number } | Refusal> {
  const wanted = tracking.safeParse({
    // A percentage of two digits at most, so that 12.3 does not become 0.12300000000000001.
    heatmap_rate: Math.round(numberOf(form.text('heatmap_rate')) * 100) / 10_000,
    daily_views_per_page: numberOf(form.text('daily_views_per_page')),
    snapshots: form.has('snapshots'),
    mask: linesOf(form.text('mask')),
    block: linesOf(form.text('block')),
    module_selector: form.text('module_selector'),
    page_groups: linesOf(form.text('page_groups')),
  })
  if (!wanted.success) {
    // What is wrong with a line is wrong with its field.
    const fields = Object.entries(fieldsOf(wanted.error)).map(([path, said]) => {
      const [name = path] = path.split('.')
      return [name, words[name]?.() ?? said]
    })
    return { fields: Object.fromEntries(fields) }
  }
  return changeSetting({
    ...{ asker, permission: 'change_store', store_id, kind: 'tracking', id: 'tracking' },
    read_version: form.version,
    value: wanted.data,
  })
}
