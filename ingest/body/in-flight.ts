import { Problem } from '../problem.ts'

/** What one request holds. */
export interface Held {
  /** @throws Problem 429; one that is alone is never refused */
  grow: (bytes: number) => void
  release: () => void
}

/**
 * What the bodies being worked on weigh together, unpacked; past the bound a sender is told to come again. Only what has
 * arrived counts: a length that is announced and never sent takes no room from others.
 */
export class InFlight {
  readonly #maxBytes: number
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Opens a request's account; it is to be released whatever happens. */
  hold(): Held {
    let own = 0
    return {
      grow: (bytes) => {
        if (this.#bytes > own && this.#bytes + bytes > this.#maxBytes) {
          throw new Problem('too_busy', 'Too much is being taken in at the moment. Send it again in a second.', {
            retryAfterSeconds: 1,
          })
        }
        own += bytes
        this.#bytes += bytes
      },
      release: () => {
        this.#bytes -= own
        own = 0
      },
    }
  }
}
