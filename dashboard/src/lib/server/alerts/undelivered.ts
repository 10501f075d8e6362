import { readGivenUp } from '@guanlan/warehouse/alerts/outbox'
import { latestAttempts } from '@guanlan/warehouse/alerts/read-attempts'
import type { Warehouse } from '@guanlan/warehouse/client'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { remember } from '../remember.ts'
import { stillUnreached, type Unreached } from './still-unreached.ts'

const undelivered = remember<Unreached[]>(15_000)

/** Contact points that could not be told of something and have not been reached since; at most a quarter of a minute old. */
export const undeliveredOf = (warehouse: Warehouse, store_id: string): Promise<Unreached[]> =>
  undelivered(store_id, async () => {
    const givenUp = await readGivenUp(warehouse, { store_id })
    if (givenUp.length === 0) return []
    const [attempts, contactPoints] = await Promise.all([
      latestAttempts(warehouse, { store_id }),
      readSettings(warehouse, 'contact_point', { store_id }),
    ])
    return stillUnreached(givenUp, { attempts, contactPoints })
  })

/** Somebody has just tried one: the next who asks is told what came of it. */
export const forgetUndelivered = (): void => undelivered.forget()
