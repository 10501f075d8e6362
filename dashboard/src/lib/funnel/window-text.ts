const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const
export type WindowUnit = keyof typeof units
export const windowUnits = ['m', 'h', 'd'] as const satisfies readonly WindowUnit[]

/** The longest window that the read API takes. */
const longest = 366 * units.d

/** A window as an address tells it, in its widest whole unit: `30m`, `1d`. */
export function textOfWindow(seconds: number): string {
  const { count, unit } = windowParts(seconds)
  return `${count}${unit}`
}

/** How many of its widest whole unit a window is. */
export function windowParts(seconds: number): { count: number; unit: WindowUnit } {
  const unit = (['d', 'h', 'm'] as const).find((each) => seconds % units[each] === 0) ?? 's'
  return { count: seconds / units[unit], unit }
}

/** Seconds of so many of a unit; undefined when that is no window. */
export function windowOf(count: number, unit: WindowUnit): number | undefined {
  const seconds = count * units[unit]
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= longest ? seconds : undefined
}

/** The seconds of a window that an address tells; undefined when it tells none. */
export function windowOfText(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,8})([smhd])$/.exec(text) ?? []
  return count === undefined ? undefined : windowOf(Number(count), unit as WindowUnit)
}
