import { z } from 'zod'

/** Names that stand in URLs, file names and SQL parameters. */
export const storeId = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'must be 1 to 63 of a–z, 0–9, - and _')
