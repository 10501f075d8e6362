import type { ScrollRow } from './answers.ts'

/** The share of the page's height down to which at least so many of the views got; 0 when none did. */
export function depthReachedBy(rows: readonly ScrollRow[], share: number): number {
  const last = rows.findLastIndex(({ reach }) => reach !== null && reach >= share)
  return (last + 1) / rows.length
}

/** How strongly each band is coloured, 0 to 1: its reach, or its attention beside the most that any got. */
export function bandStrengths(rows: readonly ScrollRow[], mode: 'scroll' | 'attention'): number[] {
  if (mode === 'scroll') return rows.map(({ reach }) => reach ?? 0)
  const most = Math.max(0, ...rows.map(({ attention_ms }) => attention_ms))
  return rows.map(({ attention_ms }) => (most === 0 ? 0 : attention_ms / most))
}
