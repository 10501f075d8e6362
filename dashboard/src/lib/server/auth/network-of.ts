import { isIPv6 } from 'node:net'

/**
 * What stands for one place in limits: an IPv4 address, also where it is written as IPv6, or the /64 of an IPv6 address.
 * Whoever has one address of a /64 has all 2⁶⁴ of them.
 * @param address as the network or a proxy says; what is no address stays as it is
 */
export const networkOf = (address: string): string => firstGroups(address, 4)

/** What one customer of a network may have at most: an IPv4 address, or the /48 of an IPv6 address. */
export const siteOf = (address: string): string => firstGroups(address, 3)

function firstGroups(address: string, count: number): string {
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  const [head = '', tail = ''] = address.split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':'))
  const zeros = address.includes('::') ? 8 - groups(head).length - groups(tail).length : 0
  const all = [...groups(head), ...Array<string>(Math.max(0, zeros)).fill('0'), ...groups(tail)]
  return all
    .slice(0, count)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
