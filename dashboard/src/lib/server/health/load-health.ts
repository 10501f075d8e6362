import { within } from '#lib/within.ts'
import { arrivalsEndpoint } from '../api/arrivals-endpoint.ts'
import { dataHealthEndpoint } from '../api/data-health-endpoint.ts'
import { rejectionsEndpoint } from '../api/rejections-endpoint.ts'
import { ask, type PageWorld, questionOf } from '../ask.ts'
import type { Asker } from '../auth/asker.ts'
import { may } from '../auth/permissions.ts'
import { connections } from '../connections.ts'
import { panel, soon } from '../panels.ts'
import { failedJobs } from './failed-jobs.ts'
import { loadInstance } from './load-instance.ts'

async function storeFacts(world: PageWorld, store_id: string) {
  const [{ results: arrivals }, rejections, data] = await Promise.all([
    ask(world, arrivalsEndpoint, { store_id }),
    ask(world, rejectionsEndpoint, { store_id, hours: 24 }),
    ask(world, dataHealthEndpoint, { store_id }),
  ])
  return { arrivals, rejections, data }
}

/** Whose failed jobs somebody is told of when they look at a store: its own; all of them by a role in the whole instance. */
export const jobsOf = (asker: Asker | undefined, storeId: string) => {
  const all = may(asker, 'see_instance', '')
  return (owner: string): boolean => all || owner === storeId
}

/** Milliseconds that the page waits for its facts: how many lines its checks need is known from them alone. */
const patience = 1000

/** Asks for everything that the page of health shows; what the reader's role does not allow is null. */
export async function loadHealth(world: PageWorld, asker: Asker | undefined) {
  const { store, log } = world
  const { redis } = connections()
  const { store_id } = store
  const panels = await soon(
    {
      store_facts: panel(log, 'health', storeFacts(world, store_id)),
      instance: panel(
        log,
        'instance',
        may(asker, 'see_instance', '') ? loadInstance(connections()) : Promise.resolve(null),
      ),
      failed: panel(log, 'failed jobs', within(4000, failedJobs(redis, jobsOf(asker, store_id)), 'Redis')),
    },
    patience,
  )
  return { ...panels, questions: { data: questionOf(dataHealthEndpoint, { store_id }) } }
}
