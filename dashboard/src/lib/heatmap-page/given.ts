/** Whatever is set: a field that is there and undefined says nothing, and the read API knows none. */
export const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
