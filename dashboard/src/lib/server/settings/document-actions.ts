import { randomUUID } from 'node:crypto'
import type { Value } from '@guanlan/warehouse/settings/kinds'
import type { Permission } from '../auth/permissions.ts'
import type { NamedStore } from '../stores.ts'
import { changeSetting, permitted } from './change-setting.ts'
import { answer, type Form, readForm, refuse } from './form.ts'
import { putBack } from './put-back.ts'
import type { Refusal } from './refusal.ts'
import { storeOf } from './store-of.ts'

type DocumentKind = 'target' | 'campaign' | 'annotation' | 'funnel' | 'rule' | 'contact_point' | 'silence' | 'playbook'

interface Event {
  request: Request
  params: { store_id: string }
  locals: App.Locals
}

/** What a form says: a document, or what is wrong with its fields. */
export type Read<K extends DocumentKind> = { value: Value<K> } | { fields: Record<string, string> }

/**
 * The actions of a page of documents: `save` makes one, or changes the one whose id is sent; `remove` deletes it, and
 * `put_back` takes that back.
 * @param read makes a document of a form
 */
export function documentActions<K extends DocumentKind>(
  kind: K,
  permission: Permission,
  read: (form: Form, store: NamedStore) => Read<K> | Promise<Read<K>>,
) {
  const opened = async ({ request, params: { store_id }, locals: { asker } }: Event) => {
    const store = await storeOf(asker, store_id)
    permitted(asker, permission, store_id)
    const form = await readForm(request)
    const id = form.text('id')
    return { store, form, change: { asker, permission, store_id, kind, id, read_version: form.version } }
  }
  const done = (result: { version: number } | Refusal, id: string) => answer(result, { id })
  return {
    save: async (event: Event) => {
      const { store, form, change } = await opened(event)
      const wanted = await read(form, store)
      if ('fields' in wanted) return refuse(wanted)
      const id = change.id || randomUUID()
      return done(await changeSetting({ ...change, id, value: wanted.value }), id)
    },
    remove: async (event: Event) => {
      const { change } = await opened(event)
      return done(await changeSetting({ ...change, value: null }), change.id)
    },
    put_back: async (event: Event) => {
      const { change } = await opened(event)
      return done(await putBack(change), change.id)
    },
  }
}
