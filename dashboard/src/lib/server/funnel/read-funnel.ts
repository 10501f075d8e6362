import { kinds } from '@guanlan/warehouse/settings/kinds'
import { type FunnelQuestion, funnelView, steps as limits } from '#lib/funnel/funnel-view.ts'
import { m } from '#lib/paraglide/messages.js'
import { connections } from '../connections.ts'
import type { Read } from '../settings/document-actions.ts'
import type { Form } from '../settings/form.ts'
import type { NamedStore } from '../stores.ts'
import { savedFunnels } from './saved-funnels.ts'

const longestSearch = 50_000

/** The funnel that a form keeps under a name; `search` tells it as an address does. */
export async function readFunnel(form: Form, { store_id }: NamedStore): Promise<Read<'funnel'>> {
  const [id, name, search] = [form.text('id'), form.text('name'), form.text('search')]
  if (name === '') return { fields: { name: m.funnel_name_missing() } }
  if (search.length > longestSearch) return { fields: { steps: m.funnel_save_failed() } }
  const { steps, window_seconds, order, breakdown } = funnelView(new URLSearchParams(search))
  if (steps.length < limits.fewest) return { fields: { steps: m.funnel_save_too_few() } }
  const others = await savedFunnels(connections().warehouse, store_id)
  if (others.some((one) => one.id !== id && one.name === name)) return { fields: { name: m.funnel_name_taken() } }
  const value = { name, steps: stepsOf(steps), window_seconds, order, ...(breakdown && { breakdown }) }
  const parsed = kinds.funnel.safeParse(value)
  return parsed.success ? { value: parsed.data } : { fields: { steps: m.funnel_save_failed() } }
}

const stepsOf = (steps: FunnelQuestion['steps']) =>
  steps.map(({ name, where }) => ({
    name,
    where: where.map(({ operator, field, values }): [typeof operator, string, string[]] => [operator, field, values]),
  }))
