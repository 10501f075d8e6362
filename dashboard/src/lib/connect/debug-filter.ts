import type { RecentEventsRequest } from '@guanlan/warehouse/queries/recent-events/contract'

const statuses = ['all', 'accepted', 'rejected'] as const
export const kinds = ['event', 'orders', 'refunds', 'products', 'inventory', 'spend', 'tickets', 'reviews'] as const
export const protocols = ['segment', 'ga4', 'tracker', 'records'] as const
const hours = [1, 24, 168] as const

/** What the address of the debugger says is looked for. */
export interface DebugFilter {
  status: (typeof statuses)[number]
  kind: (typeof kinds)[number] | undefined
  protocol: (typeof protocols)[number] | undefined
  name: string
  code: string
  search: string
  /** Where an older page begins. */
  before: string | undefined
  /** How far back reasons are counted. */
  hours: (typeof hours)[number]
}

/** The parameters that narrow what is shown; what else an address holds stays when they are cleared. */
export const narrowing = ['kind', 'protocol', 'name', 'code', 'search', 'before'] as const

const among = <T extends string>(all: readonly T[], value: string | null): T | undefined =>
  all.find((each) => each === value)

const cursor = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\|.{0,300}$/s

/** Reads the address of the debugger; what it says wrongly counts as not said. */
export function debugFilterOf(params: { get(name: string): string | null }): DebugFilter {
  const text = (name: string) => (params.get(name) ?? '').trim().slice(0, 200)
  const before = params.get('before') ?? ''
  return {
    status: among(statuses, params.get('status')) ?? 'all',
    kind: among(kinds, params.get('kind')),
    protocol: among(protocols, params.get('protocol')),
    name: text('name'),
    code: text('code'),
    search: text('search'),
    before: cursor.test(before) ? before : undefined,
    hours: hours.find((each) => String(each) === params.get('hours')) ?? 24,
  }
}

/** The same as it is asked of the read API. */
export const requestOf = (
  store_id: string,
  { status, kind, protocol, name, code, search, before }: DebugFilter,
): RecentEventsRequest => ({
  ...{ store_id, status, limit: 50 },
  ...(kind && { kind }),
  ...(protocol && { protocol }),
  ...(name && { name }),
  ...(code && { code }),
  ...(search && { search }),
  ...(before && { before }),
})
