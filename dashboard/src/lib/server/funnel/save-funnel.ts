import { currentVersion } from '@guanlan/warehouse/settings/read'
import { error } from '@sveltejs/kit'
import { z } from 'zod'
import { type FunnelQuestion, funnelView, steps as limits } from '#lib/funnel/funnel-view.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Asker } from '../auth/asker.ts'
import { may } from '../auth/permissions.ts'
import { connections } from '../connections.ts'
import { changeSetting } from '../settings/change-setting.ts'
import { isWritten } from '../settings/form.ts'
import { savedFunnels } from './saved-funnels.ts'

/** What the forms of saved funnels send. */
const savingForm = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  /** The version that the person saw; 0 for a new one. */
  version: z.coerce.number().int().min(0),
  name: z.string().trim().max(120).default(''),
  /** The funnel, as an address tells it. */
  search: z.string().max(50_000).default(''),
})

/** Why a funnel was not saved or deleted. */
export interface NotSaved {
  status: 400 | 409
  message: string
  /** Who changed it meanwhile, and the version that stands now. */
  conflict?: { version: number }
}

type Done = { id: string; version: number }

interface Saving {
  asker: Asker | undefined
  storeId: string
  form: FormData
}

/** Saves a funnel under a name, as a new one or as the next version of one. @throws 403 for who may not */
export async function saveFunnel(saving: Saving): Promise<Done | NotSaved> {
  if (!may(saving.asker, 'save_funnels', saving.storeId)) error(403, 'Your role does not allow this.')
  const form = savingForm.safeParse(Object.fromEntries(saving.form))
  if (!form.success) return { status: 400, message: m.funnel_save_failed() }
  const { id, name, search } = form.data
  const { steps, window_seconds, order, breakdown } = funnelView(new URLSearchParams(search))
  if (name === '') return { status: 400, message: m.funnel_name_missing() }
  if (steps.length < limits.fewest) return { status: 400, message: m.funnel_save_too_few() }
  const others = await savedFunnels(connections().warehouse, saving.storeId)
  if (others.some((one) => one.id !== id && one.name === name)) return { status: 400, message: m.funnel_name_taken() }
  return write(saving, form.data, {
    name,
    steps: stepsOf(steps),
    window_seconds,
    order,
    ...(breakdown && { breakdown }),
  })
}

/** Deletes a saved funnel; saving it again with the version returned puts it back. @throws 403 for who may not */
export async function deleteFunnel(saving: Saving): Promise<Done | NotSaved> {
  const form = savingForm.safeParse(Object.fromEntries(saving.form))
  return form.success ? write(saving, form.data, null) : { status: 400, message: m.funnel_save_failed() }
}

const stepsOf = (steps: FunnelQuestion['steps']) =>
  steps.map(({ name, where }) => ({
    name,
    where: where.map(({ operator, field, values }): [typeof operator, string, string[]] => [operator, field, values]),
  }))

type Written = Parameters<typeof changeSetting<'funnel'>>[0]['value']

async function write(
  { asker, storeId }: Saving,
  { id, version }: { id: string; version: number },
  value: Written,
): Promise<Done | NotSaved> {
  const document = { store_id: storeId, kind: 'funnel', id } as const
  const changed = await changeSetting({ ...document, asker, permission: 'save_funnels', read_version: version, value })
  if (isWritten(changed)) return { id, version: changed.version }
  if (changed.fields) return { status: 400, message: Object.values(changed.fields)[0] ?? m.funnel_save_failed() }
  const now = await currentVersion(connections().warehouse, document)
  if (now.version === version) return { status: 409, message: m.funnel_save_failed() }
  return { status: 409, message: m.funnel_changed_by({ name: now.actor }), conflict: { version: now.version } }
}
