/** A field that differs: from what to what; undefined where it was not, or is no more. */
export interface FieldChange {
  field: string
  before: unknown
  after: unknown
  /** It must not be told what it was and is, only that it is another. */
  secret: boolean
}

const secret = /hash|secret|token|password|public_key|sealed/

/**
 * What differs between two values of a setting, field by field. Values of secret fields are left out, however deep in
 * the value they lie.
 * @param before the JSON of a setting, empty where there is none
 */
export function changeFields(before: string, after: string): FieldChange[] {
  const [from, to] = [parse(before), parse(after)]
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  return names.flatMap((field): FieldChange[] => {
    if (JSON.stringify(from[field]) === JSON.stringify(to[field])) return []
    if (secret.test(field)) return [{ field, before: undefined, after: undefined, secret: true }]
    return [{ field, before: without(from[field]), after: without(to[field]), secret: false }]
  })
}

function parse(text: string): Record<string, unknown> {
  const value: unknown = text === '' ? {} : JSON.parse(text)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** A value without what is secret in it. */
function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (secret.test(name) ? [] : [[name, without(each)]])),
  )
}
