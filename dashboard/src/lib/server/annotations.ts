import type { Warehouse } from '@guanlan/warehouse/client'
import type { Value } from '@guanlan/warehouse/settings/kinds'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { rememberSettings } from './settings/remember-settings.ts'

/** Something that happened at a moment, as somebody wrote it down. */
export interface Annotation extends Value<'annotation'> {
  id: string
}

const annotations = rememberSettings<Annotation[]>(1000)
/** More than a chart can tell. */
const most = 500

/** What happened in a store, newest first; at most a second old. */
export const annotationsOf = (warehouse: Warehouse, storeId: string): Promise<Annotation[]> =>
  annotations(storeId, async () => {
    const settings = await readSettings(warehouse, 'annotation', { store_id: storeId })
    const found = settings.map(({ id, value }) => ({ id, ...value }))
    return found.sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, most)
  })
