import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { backtest } from '#lib/server/alerts/rules/backtest.ts'
import { readRule } from '#lib/server/alerts/rules/read-rule.ts'
import { pageWorld } from '#lib/server/ask.ts'
import { permitted } from '#lib/server/settings/change-setting.ts'
import { readForm } from '#lib/server/settings/form.ts'
import { storeOf } from '#lib/server/settings/store-of.ts'

/** What the rule of a form would have told in the last weeks, before it is saved. */
export const POST = async ({ request, params, locals }) => {
  const store = await storeOf(locals.asker, params.store_id)
  permitted(locals.asker, 'change_rules', store.store_id)
  const form = await readForm(request)
  const wanted = await readRule(form, store)
  const problem = (message: string) => Response.json({ message }, { status: 400 })
  if ('fields' in wanted) return problem(m.alerts_backtest_fields())
  const world = pageWorld(locals.asker, store)
  try {
    const rule = { id: form.text('id') || 'new', value: wanted.value }
    return Response.json(await backtest(world, rule, { language: getLocale(), signal: request.signal }))
  } catch (error) {
    if (error instanceof RangeError) return problem(m.alerts_wrong_slice())
    if (error instanceof DOMException && error.name === 'TimeoutError') return problem(m.alerts_backtest_long())
    throw error
  }
}
