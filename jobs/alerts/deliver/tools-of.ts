import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from '../../world.ts'
import { incidentPicture } from '../picture/picture.ts'
import type { Context, Open } from './context.ts'
import type { Delivery } from './delivery.ts'
import type { Letter } from './letters.ts'
import type { Tools } from './sender.ts'
import { limits } from './senders/senders.ts'

const pictureMs = 5000
/** Room that is left for cards when pictures and mentions follow one. */
const reserve = 5

/** What a sender may use for a parcel: the picture of an incident that is told alone, and room for more messages. */
export function toolsOf(
  world: Pick<World, 'warehouse' | 'log'>,
  { limiter, net }: Delivery,
  told: { context: Context; parcel: readonly Letter[]; open: Open; who: string; now: Date },
): Tools {
  const { context, parcel, open, who, now } = told
  const [letter] = parcel
  const { isMerged: _, ...limit } = limits[open.type]
  const draw = async (): Promise<Buffer | undefined> => {
    if (!letter || parcel.length > 1 || letter.newest.transition === 'acknowledged') return undefined
    const { incident_id, value: incident } = letter.newest
    const signal = AbortSignal.timeout(pictureMs)
    const asked = { by: 'deliver', signal }
    try {
      const late = sleep(pictureMs, undefined, { ref: false })
      return await Promise.race([
        incidentPicture(world.warehouse, { store: context.store, incident_id, incident, now }, asked),
        late,
      ])
    } catch (error) {
      world.log.warn({ err: error, incident: incident_id }, 'an incident has no picture')
      return undefined
    }
  }
  return {
    ...{ net, now, picture: draw },
    mayFollow: async () => (await limiter.room(who, limit)) > reserve && limiter.take(who, limit),
  }
}
