/** What is to come, by its time: a heap, since it is asked for the next one again and again. */
export class Agenda<T> {
  readonly #heap: { at: number; what: T }[] = []

  get size(): number {
    return this.#heap.length
  }

  add(at: number, what: T): void {
    const heap = this.#heap
    let place = heap.length
    heap.push({ at, what })
    for (;;) {
      const parent = (place - 1) >> 1
      if (place === 0 || this.#at(parent) <= at) break
      this.#swap(place, parent)
      place = parent
    }
  }

  /** Takes out the next that is due at a moment. */
  due(now: number): T | undefined {
    const heap = this.#heap
    const [first] = heap
    if (!first || first.at > now) return undefined
    const last = heap.pop()
    if (heap.length > 0 && last) {
      heap[0] = last
      this.#sink()
    }
    return first.what
  }

  #at(place: number): number {
    return this.#heap[place]?.at ?? Number.POSITIVE_INFINITY
  }

  #sink(): void {
    let place = 0
    for (;;) {
      const left = 2 * place + 1
      const child = this.#at(left + 1) < this.#at(left) ? left + 1 : left
      if (this.#at(child) >= this.#at(place)) return
      this.#swap(place, child)
      place = child
    }
  }

  #swap(one: number, other: number): void {
    const heap = this.#heap
    const kept = heap[one] as { at: number; what: T }
    heap[one] = heap[other] as { at: number; what: T }
    heap[other] = kept
  }
}
