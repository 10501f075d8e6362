import { Problem } from './problem.ts'

/** The parameters of an address with `filters`, which is JSON there, as what it says. @throws Problem when it is not JSON */
export function readFilters({ filters, ...rest }: Record<string, string>): Record<string, unknown> {
  if (filters === undefined) return rest
  try {
    return { ...rest, filters: JSON.parse(filters) }
  } catch {
    const message = 'must be JSON, as in [["is","channel",["search"]]]'
    throw new Problem(400, `filters: ${message}`, { errors: [{ path: 'filters', message }] })
  }
}
