import type { Random } from '../chance/random.ts'
import { type Carrier, carriers, daysFarther } from '../shop/buyers.ts'
import { day, dayOf, hour, startOf } from '../shop/calendar.ts'

/** What becomes of a parcel. */
export interface Delivery {
  carrier: string
  /** Undefined where it cannot be sent: the address is wrong, or the goods are gone. */
  shippedAt: number | undefined
  refusedAt: number | undefined
  estimatedAt: number
  deliveredAt: number
  completedAt: number
  /** Whether it arrived after the day that was promised. */
  isLate: boolean
}

/** Parcels leave between 9:00 and 20:00. */
function pickUp(at: number): number {
  const open = startOf(dayOf(at)) + 9 * hour
  const closed = startOf(dayOf(at)) + 20 * hour
  if (at < open) return open + (at - startOf(dayOf(at))) / 9
  return at < closed ? at : open + day + (at - closed) / 4
}

/** Couriers ring between 8:30 and 21:30. */
function ring(random: Random, at: number): number {
  const start = startOf(dayOf(at))
  const since = at - start
  return since < 8.5 * hour || since > 21.5 * hour ? start + random.between(9, 21) * hour : at
}

const roomDays = 1.6

export function deliver(
  random: Random,
  { paidAt, province, crowded }: { paidAt: number; province: string; crowded: boolean },
): Delivery {
  const carrier: Carrier = random.by(carriers)
  const farther = daysFarther(province)
  const packed = pickUp(paidAt + random.between(3, crowded ? 60 : 26) * hour)
  const expected = carrier.days + farther + (crowded ? 0.7 : 0)
  const stuck = random.chance(carrier.stuck * (crowded ? 1.6 : 1)) ? random.between(2, 5) : 0
  const onTheWay = Math.max(0.7, random.normal(expected, carrier.deviation)) + stuck
  const deliveredAt = Math.floor(ring(random, packed + onTheWay * day))
  const estimatedAt = Math.floor(startOf(dayOf(paidAt + (expected + roomDays + 1) * day) + 1))
  const refused = random.chance(0.005)
  const confirmed = random.chance(0.38) ? random.between(0.2, 5) : 7
  return {
    carrier: carrier.name,
    shippedAt: refused ? undefined : Math.floor(packed),
    refusedAt: refused ? Math.floor(packed) : undefined,
    estimatedAt,
    deliveredAt,
    completedAt: Math.floor(deliveredAt + confirmed * day),
    isLate: deliveredAt > estimatedAt,
  }
}
