import { error, fail } from '@sveltejs/kit'
import { pageWorld } from '#lib/server/ask.ts'
import { may } from '#lib/server/auth/permissions.ts'
import { connections } from '#lib/server/connections.ts'
import { type Settled, settleJob } from '#lib/server/health/failed-jobs.ts'
import { jobsOf, loadHealth } from '#lib/server/health/load-health.ts'

export const load = async ({ parent, locals, depends }) => {
  depends('store:facts')
  const { store } = await parent()
  return { now: new Date().toISOString(), ...(await loadHealth(pageWorld(locals.asker, store), locals.asker)) }
}

/** Retries or discards a job that may be told of here, and that the role may retry. */
async function settle(what: 'retry' | 'discard', request: Request, locals: App.Locals, storeId: string) {
  const form = await request.formData()
  const job = { queue: String(form.get('queue')), id: String(form.get('id')) }
  const told = jobsOf(locals.asker, storeId)
  const mine = (owner: string) => told(owner) && may(locals.asker, 'retry_jobs', owner)
  const { redis, log } = connections()
  const settled: Settled = await settleJob(redis, { ...job, what }, mine)
  if (settled === 'forbidden') error(403, 'Your role does not allow this.')
  if (settled === 'gone') return fail(409, { id: job.id, outcome: 'gone' as const })
  const by = locals.asker?.kind === 'user' ? locals.asker.email : undefined
  log.info({ ...job, by }, `a failed job was ${what === 'retry' ? 'queued again' : 'discarded'}`)
  return { id: job.id, outcome: what === 'retry' ? ('retried' as const) : ('discarded' as const) }
}

export const actions = {
  retry: ({ request, locals, params }) => settle('retry', request, locals, params.store_id),
  discard: ({ request, locals, params }) => settle('discard', request, locals, params.store_id),
}
