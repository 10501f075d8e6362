/** Works through the items with so many at once; answers the seconds each took, in the order in which they ended. */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<number[]> {
  const seconds: number[] = []
  let next = 0
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const began = performance.now()
      await work(items[index] as T)
      seconds.push((performance.now() - began) / 1000)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return seconds
}

/** The value below which the share of the values lies; NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
