import { hash } from 'node:crypto'
import { pageGrouping } from '@guanlan/warehouse/heatmap/page-group'
import { readUserAgent } from '../events/user-agent.ts'
import { isObject } from '../is-object.ts'
import { keep } from '../keep.ts'
import { Problem } from '../problem.ts'
import { toText } from '../time.ts'
import type { World } from '../world.ts'
import { cleanSnapshot, SnapshotTooLarge } from './clean-snapshot.ts'
import { type Arrived, Refusals, readBodyView } from './read-heatmap.ts'

/**
 * Takes a copy of a page. One that is there already, a bot's, one of a store that wants none, and more of a page than a day
 * may bring are not kept.
 * @returns whether it was kept, once it is on disk
 * @throws Problem 422 when the view or the copy is wrong, 503 when the spool takes nothing more
 */
export async function takeSnapshot(world: World, arrived: Arrived): Promise<{ accepted: boolean }> {
  const { metrics, directory, heatmaps } = world
  const { store, clock, userAgent } = arrived
  const { store_id, time_zone } = store
  const { columns, sent } = await readBodyView(world, 'snapshot', arrived)
  const { snapshots, page_groups } = directory.tracking(store_id)
  const { path, version, width_class, width, height, page_height, title, view_id } = columns
  const page = pageGrouping(page_groups)(path)
  const copy = { store_id, page, version, width_class }
  const is_bot = sent.webdriver === true || readUserAgent(userAgent).is_bot
  if (!snapshots || is_bot || heatmaps.snapshots.has(copy)) return { accepted: false }
  const counted = { store_id, page, view_id: `${view_id} ${version}`, time_zone, at: clock.receivedAt }
  if (!heatmaps.snapshotBudget.take(counted, mostADay)) {
    metrics.heatmapOverBudget.inc({ store: store_id })
    return { accepted: false }
  }
  const content = JSON.stringify(await clean(world, arrived))
  const content_hash = hash('sha256', content, 'hex').slice(0, 32)
  const at = toText(clock.receivedAt)
  const place = { store_id, path, version, width_class, taken_at: at, width, height, page_height, title, content_hash }
  const stores = [store_id]
  await keep(world, [
    { table: 'snapshot_contents', lines: [JSON.stringify({ store_id, content_hash, content, seen_at: at })], stores },
    { table: 'page_snapshots', lines: [JSON.stringify(place)], stores },
  ])
  heatmaps.snapshots.add(copy)
  metrics.accepted.inc({ store: store_id, kind: 'snapshot' })
  return { accepted: true }
}

/** Copies of a page or group of pages, whatever their structures: a page whose structure never repeats must not fill the disk. */
const mostADay = 100

async function clean(world: World, arrived: Arrived): Promise<unknown> {
  const { snapshot } = arrived.body
  const bad = async (code: 'invalid_field' | 'too_large', path: string, message: string) => {
    const refusals = new Refusals(world, arrived)
    refusals.add('snapshot', '', { view: arrived.body.view }, { code, path, message })
    await keep(world, [{ table: 'rejected_events', lines: refusals.lines, stores: [arrived.store.store_id] }])
    throw new Problem('invalid_request', 'The copy of the page cannot be kept.', { errors: [{ path, message }] })
  }
  if (!isObject(snapshot)) return bad('invalid_field', 'snapshot', 'must be an object')
  if (!isObject(snapshot.node)) return bad('invalid_field', 'snapshot.node', 'must be a node of rrweb-snapshot')
  try {
    return await cleanSnapshot(snapshot, world.heatmaps.starred)
  } catch (error) {
    if (error instanceof SnapshotTooLarge) return bad('too_large', 'snapshot.node', error.message)
    throw error
  }
}
