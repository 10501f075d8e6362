/**
 * The lower end of Wilson's interval of a rate: what the true rate is at least, given how few were looked at.
 * @param z how sure, in standard deviations: 3 is wrong once in about 740 times
 */
export function wilsonLower(hits: number, of: number, z: number): number {
  if (of === 0) return 0
  const rate = hits / of
  const spread = z * Math.sqrt((rate * (1 - rate)) / of + z ** 2 / (4 * of ** 2))
  return Math.max(0, (rate + z ** 2 / (2 * of) - spread) / (1 + z ** 2 / of))
}
