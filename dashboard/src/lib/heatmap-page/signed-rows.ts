import type { ClickRow } from './answers.ts'

type Signed = ClickRow & { weight: number }

/** The rows of two questions as one: what each view of the first brought, less what each of the second did. */
export function signedRows(
  first: { rows: readonly ClickRow[]; views: number },
  second: { rows: readonly ClickRow[]; views: number },
): Signed[] {
  const weighed = ({ rows, views }: typeof first, sign: 1 | -1) =>
    views === 0 ? [] : rows.map((row) => ({ ...row, weight: sign / views }))
  return [...weighed(first, 1), ...weighed(second, -1)]
}
