import { z } from 'zod'

/** What every question after arrivals takes: a window of time, where in it to go on, and what to look for. '' and 0: anything. */
export const windowParams = z.object({
  store_id: z.string(),
  from: z.string(),
  before_at: z.string(),
  before_id: z.string(),
  name: z.string(),
  kind: z.string(),
  protocol: z.string(),
  code: z.string(),
  search: z.string(),
  limit: z.int(),
})
export type WindowParams = z.output<typeof windowParams>

/**
 * The rows of a table in the window that came before the cursor, newest first, as SQL after FROM. First the moment is
 * found at which enough rows have been seen, from the narrow column of times alone; only the rows since then are read whole.
 * @param where more conditions, each with AND before it
 */
export function newestIn(table: string, id: string, where: string): string {
  // What was inserted before the window was received before it: the index on inserted_at skips what is older.
  const inWindow = `store_id = {store_id:String} AND inserted_at >= {from:DateTime64(3, 'UTC')}
      AND received_at >= {from:DateTime64(3, 'UTC')} AND received_at <= {before_at:DateTime64(3, 'UTC')}
      AND (received_at < {before_at:DateTime64(3, 'UTC')} OR ${id} < {before_id:String})
      ${where}`
  return `${table}
    WHERE ${inWindow}
      AND received_at >= (
        SELECT min(received_at)
        FROM (SELECT received_at FROM ${table} WHERE ${inWindow} ORDER BY received_at DESC LIMIT {limit:UInt32})
      )
    ORDER BY received_at DESC, ${id} DESC
    LIMIT {limit:UInt32}`
}

/** A condition that holds when nothing is looked for. */
export const matching = (param: string, condition: string) => `AND ({${param}:String} = '' OR ${condition})`
