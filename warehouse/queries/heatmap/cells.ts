/** So many points are told of a page at most: what a browser draws at once. */
const mostPoints = 60_000

/** Of an element that has its share of the points to spare: a quarter of a pixel of a thousand. */
const finest = 4096

/** Of the least clicked element. */
const coarsest = 8

/**
 * Into how many cells each side of each element is cut, so that all of them together have about as many cells as a page may have
 * points. Where there are fewer clicks than that, every click stands for itself; where there are more, an element’s part of the
 * cells grows with the root of its clicks, so that one with few of them keeps its shape beside one with many.
 * @param clicks of each element
 */
export function cellsFor(clicks: readonly number[]): number[] {
  const all = clicks.reduce((sum, one) => sum + one, 0)
  if (all <= mostPoints) return clicks.map(() => finest)
  const roots = clicks.reduce((sum, one) => sum + Math.sqrt(one), 0)
  return clicks.map((one) => {
    const cells = (mostPoints * Math.sqrt(one)) / roots
    return one <= cells ? finest : Math.max(coarsest, Math.floor(Math.sqrt(cells)))
  })
}
