/** Things and how often each comes, in any unit. */
export class Weighted<T> {
  readonly #things: readonly T[]
  readonly #ends: readonly number[]

  constructor(entries: Iterable<readonly [thing: T, weight: number]>) {
    const kept = [...entries].filter(([, weight]) => weight > 0)
    const total = kept.reduce((sum, [, weight]) => sum + weight, 0)
    let end = 0
    this.#things = kept.map(([thing]) => thing)
    this.#ends = kept.map(([, weight]) => {
      end += weight / total
      return end
    })
  }

  /** @param share from 0 up to and without 1 */
  at(share: number): T {
    const ends = this.#ends
    let low = 0
    let high = ends.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (share < (ends[middle] as number)) high = middle
      else low = middle + 1
    }
    return this.#things[low] as T
  }
}
