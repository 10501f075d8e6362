import { type SliceName, slices } from '#lib/returns/narrowing.ts'

export const maturities = [7, 15, 30, 45, 60] as const
const usual = 30

/** What the address of the returns page says beside its period and what it is narrowed to. */
export function returnsViewOf(params: { get(name: string): string | null }) {
  const by: SliceName = slices.find((each) => each === params.get('by')) ?? 'reason'
  const maturity = maturities.find((days) => String(days) === params.get('maturity')) ?? usual
  return { by, maturity }
}
export type ReturnsView = ReturnType<typeof returnsViewOf>
