import { fail } from '@sveltejs/kit'
import { permitted } from '../settings/change-setting.ts'
import { readForm } from '../settings/form.ts'
import { storeOf } from '../settings/store-of.ts'
import { changeIncident } from './change-incident.ts'
import { readAction } from './read-action.ts'

interface Event {
  request: Request
  params: { store_id: string; incident_id: string }
  locals: App.Locals
}

/** What the page of an incident does to it: `act` takes what is to be done as `do`. */
export const incidentActions = {
  act: async ({ request, params: { store_id, incident_id }, locals: { asker } }: Event) => {
    const store = await storeOf(asker, store_id)
    const { email: by } = permitted(asker, 'handle_incidents', store_id)
    const form = await readForm(request)
    const wanted = readAction(form, { now: new Date(), timeZone: store.time_zone, by })
    if ('fields' in wanted) return fail(400, wanted)
    const done = await changeIncident({ store, incident_id, action: wanted.action, by, seen: form.version })
    if ('code' in done) return fail(done.code === 'gone' ? 404 : 409, done)
    return { version: done.version, id: incident_id }
  },
}
