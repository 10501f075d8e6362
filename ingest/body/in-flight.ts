import { Problem } from '../problem.ts'

/** What the bodies being worked on weigh together; past the bound a sender is told to come again. */
export class InFlight {
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /**
   * @returns a function that lets go
   * @throws Problem 429; one that is alone is never refused
   */
  hold(bytes: number): () => void {
    if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes) {
      throw new Problem('too_busy', 'Too much is being taken in at the moment. Send it again in a second.', {
        retryAfterSeconds: 1,
      })
    }
    this.#bytes += bytes
    return () => {
      this.#bytes -= bytes
    }
  }
}
