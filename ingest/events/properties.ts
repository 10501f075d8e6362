import { type Personal, treatmentOf } from './personal.ts'

const deepest = 6
const mostNodes = 1000
const longestList = 200

/** What a property tree may weigh as JSON. */
export const longestProperties = 32 * 1024

export class TooMany extends Error {
  override name = 'TooMany'
  readonly code = 'too_many_properties'
}

/**
 * A copy of an object without personal data, in bounds: below the sixth level it is kept as the text of its JSON, lists
 * end after two hundred entries, and dots in keys, which ClickHouse would read as paths, become underscores.
 * @param person whether the object describes a person, whose `name` is then a name and not a product's
 * @param cut whether values past the thousandth are left out
 * @throws TooMany past a thousand values, unless they are cut
 */
export function cleanProperties(
  source: Readonly<Record<string, unknown>>,
  personal: Personal,
  { person = false, leaveOut, cut = false }: { person?: boolean; leaveOut?: ReadonlySet<string>; cut?: boolean } = {},
): Record<string, unknown> {
  let nodes = 0

  const cleanValue = (value: unknown, key: string, isPerson: boolean, depth: number): unknown => {
    if (++nodes > mostNodes) {
      if (cut) return undefined
      throw new TooMany(`has more than ${mostNodes} values`)
    }
    const treatment = treatmentOf(key)
    if (typeof value === 'string') return personal.value(value, treatment)
    // A flag under such a key, `{ email: true }`, names nobody.
    if (treatment === 'hash' && typeof value !== 'boolean') {
      return value === null ? undefined : personal.hash(String(value))
    }
    if (treatment === 'person' && typeof value === 'number') return personal.pseudonym(String(value))
    if (typeof value !== 'object' || value === null) return value ?? undefined
    const clean = Array.isArray(value)
      ? value.slice(0, longestList).map((entry) => cleanValue(entry, key, isPerson, depth + 1) ?? null)
      : cleanObject(value as Record<string, unknown>, isPerson || persons.has(key), depth + 1)
    return depth === deepest ? JSON.stringify(clean) : clean
  }

  const cleanObject = (object: Readonly<Record<string, unknown>>, isPerson: boolean, depth: number) => {
    const clean: Record<string, unknown> = {}
    for (const key in object) {
      if (nodes > mostNodes && cut) break
      if (depth === 0 && leaveOut?.has(key)) continue
      if (treatmentOf(key) === 'drop' || (isPerson && key === 'name') || key === '__proto__') continue
      const value = cleanValue(object[key], key, isPerson, depth)
      if (value !== undefined && key !== '') clean[key.includes('.') ? key.replaceAll('.', '_') : key] = value
    }
    return clean
  }

  return cleanObject(source, person, 0)
}

const persons = new Set(['traits', 'user', 'customer', 'buyer', 'person', 'recipient'])
