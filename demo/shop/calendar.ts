/** Days of the shop are numbered from 1970-01-01 on. Its clock is China's, which knows no summer time. */

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

const ahead = 8 * hour

/** The instant at which a day begins. */
export const startOf = (number: number): number => number * day - ahead

/** The day that an instant lies in. */
export const dayOf = (instant: number): number => Math.floor((instant + ahead) / day)

/** `2026-11-20` → the number of the day. */
export const parseDay = (text: string): number => Date.parse(`${text}T00:00:00Z`) / day

export const writeDay = (number: number): string => new Date(number * day).toISOString().slice(0, 10)

/** 0 is Sunday. */
export const weekdayOf = (number: number): number => (number + 4) % 7

/** 1 to 12. */
export const monthOf = (number: number): number => new Date(number * day).getUTCMonth() + 1
