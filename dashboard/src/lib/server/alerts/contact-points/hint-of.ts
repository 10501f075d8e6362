import type { Address, ContactPointType } from '@guanlan/warehouse/alerts/address'

/** The last four letters tell two robots apart; a secret shorter than twice as much is not told at all. */
const told = 4

const lastOf = (text: string): string => (text.length >= 2 * told ? `…${text.slice(-told)}` : '…')

/** `z…@example.com`: enough to know one’s own inbox by. */
function masked(mail: string): string {
  const at = mail.lastIndexOf('@')
  return `${mail.slice(0, 1)}…${mail.slice(at)}`
}

const others = (count: number): string => (count > 1 ? ` +${count - 1}` : '')

function urlHint(text: string): string {
  const url = new URL(text)
  // What tells a robot from another is its key, in the query or at the end of the path.
  const key = [...url.searchParams.values()].at(-1) ?? url.pathname.split('/').findLast(Boolean) ?? ''
  return `${url.host} ${lastOf(key)}`
}

/** What of an address may be seen: a host and the last four letters, a masked inbox. */
export function hintOf(type: ContactPointType, address: Address<ContactPointType>): string {
  if ('smtp' in address) return `${masked(address.to[0] ?? '')}${others(address.to.length)} · ${address.smtp.host}`
  if ('phones' in address) {
    return `${new URL(address.url).host} · ${lastOf(address.phones[0] ?? '')}${others(address.phones.length)}`
  }
  return type === 'webhook' ? new URL(address.url).host : urlHint(address.url)
}
