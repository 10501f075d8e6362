import { addDays, type Day, isDay } from '../period/days.ts'

/** Which part of the log a page shows. */
export interface AuditFilter {
  kind: string | null
  actor: string | null
  from: Day | null
  /** The first day after. */
  to: Day | null
}

interface Params {
  get(name: string): string | null
}

/** Reads the filter from an address; there, `last` is part of the period. */
export function auditFilterOf(params: Params): { filter: AuditFilter; page: number } {
  const [from, last] = [params.get('from'), params.get('last')]
  const page = Number(params.get('page') ?? 1)
  return {
    filter: {
      kind: params.get('kind') || null,
      actor: params.get('actor') || null,
      from: isDay(from) ? from : null,
      to: isDay(last) ? addDays(last, 1) : null,
    },
    page: Number.isSafeInteger(page) && page >= 1 && page <= 10_000 ? page - 1 : 0,
  }
}
