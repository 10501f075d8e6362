import { type DimensionName, dimensions } from '../../metrics/dimensions.ts'

/** Whether an event knows a field only through the session it falls into. */
export const needsSession = (field: string): boolean =>
  dimensions[field as DimensionName]?.joined?.includes('traffic') ?? false
