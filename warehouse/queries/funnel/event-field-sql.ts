import { type DimensionName, dimensions } from '../../metrics/dimensions.ts'
import type { FilterValues } from '../filter.ts'

const property = 'properties.'

/** Of a field of an event its expression over traffic facts: a dimension, or `properties.<path>` as text. */
export function eventFieldSql(values: FilterValues): (field: string) => string {
  return (field) =>
    field.startsWith(property)
      ? `toString(getSubcolumn(properties, ${values.add(field.slice(property.length))}))`
      : (dimensions[field as DimensionName].sql.traffic ?? '')
}
