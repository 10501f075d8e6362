/** What of a campaign tells which others are like it. */
export interface Planned {
  name: string
  type: string
  starts_at: string
}

const year = /(19|20)\d\d\s*年?/g
const notWord = /[^\p{L}\p{N}]+/gu

/** A name without its year, spaces and signs: “2026 双11 大促” and “双11大促（2025）” are one. */
const themeOf = (name: string): string => name.toLowerCase().replace(year, '').replace(notWord, '')

/** “双11” and “双11全球狂欢节” are one too. */
const shortestTheme = 2

/** How much a campaign is like another: 2 the same but for year and trimmings, 1 of the same type, 0 neither. */
export function likeness(one: Planned, other: Planned): 0 | 1 | 2 {
  const [short = '', long = ''] = [themeOf(one.name), themeOf(other.name)].sort((a, b) => a.length - b.length)
  if (short.length >= shortestTheme && long.includes(short)) return 2
  return one.type === other.type && one.type !== 'other' ? 1 : 0
}

/** The campaigns that began before one, the most alike first, of those the latest. */
export function earlierCampaigns<C extends Planned>(one: Planned, all: readonly C[]): C[] {
  const start = Date.parse(one.starts_at)
  return all
    .filter((other) => Date.parse(other.starts_at) < start)
    .sort((a, b) => likeness(one, b) - likeness(one, a) || Date.parse(b.starts_at) - Date.parse(a.starts_at))
}
