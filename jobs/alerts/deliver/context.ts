import { type Address, type ContactPointType, openAddress } from '@guanlan/warehouse/alerts/address'
import type { Warehouse } from '@guanlan/warehouse/client'
import { readSettings, type Setting } from '@guanlan/warehouse/settings/read'

export type ContactPoint = Setting<'contact_point'>

/** The store whose incidents are told, and whom they can be told to. */
export interface Context {
  store: { store_id: string; name: string; time_zone: string; currency: string }
  contactPoints: ReadonlyMap<string, ContactPoint>
}

/** @returns nothing for a store that is not there any more */
export async function readContext(warehouse: Warehouse, store_id: string): Promise<Context | undefined> {
  const [[store], contactPoints] = await Promise.all([
    readSettings(warehouse, 'store', { store_id }),
    readSettings(warehouse, 'contact_point', { store_id }),
  ])
  if (!store) return undefined
  const { name, time_zone, currency } = store.value
  return {
    store: { store_id, name, time_zone, currency },
    contactPoints: new Map(contactPoints.map((one) => [one.id, one])),
  }
}

/** A contact point with its address in the clear. */
export interface Open {
  type: ContactPointType
  address: Address<ContactPointType>
  value: ContactPoint['value']
}

/** @returns why it cannot be told anything, when that is so */
export function openContactPoint(contactPoint: ContactPoint['value'] | undefined, secretKey: string): Open | string {
  if (!contactPoint) return 'The contact point is not there any more.'
  if (!contactPoint.enabled) return 'The contact point is switched off.'
  try {
    const address = openAddress(contactPoint.type, contactPoint.sealed, secretKey)
    return { type: contactPoint.type, address, value: contactPoint }
  } catch {
    // Not its message: it may tell of the address.
    return 'The address cannot be read: it was sealed with another SECRET_KEY. Enter it again.'
  }
}

/** What an address is limited by: the robot, the hook, the inboxes. */
export const limitedBy = ({ type, address }: Open): string =>
  'url' in address ? `${type} ${address.url}` : `${type} ${address.smtp.host} ${address.to.join(' ')}`
