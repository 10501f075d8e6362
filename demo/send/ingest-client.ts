import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'

/** Nobody knows the store any more. */
export class StoreGone extends Error {
  override name = 'StoreGone'
  readonly code = 'store_gone'
}

/** Ingest refuses what is sent, and would do so again. */
class Refused extends Error {
  override name = 'Refused'
  readonly code = 'refused'
}

export interface Request {
  method: 'GET' | 'PUT' | 'POST'
  path: string
  body?: Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

export interface IngestOptions {
  url: string
  key: string
  log: Logger
  /** Ends the waiting; what is under way is answered first. */
  signal: AbortSignal
}

const answerWithinMs = 60_000
const firstWaitMs = 250
const longestWaitMs = 10_000

/**
 * Speaks to ingest as any sender does. It waits as long as ingest asks or is away: sending twice changes nothing there.
 */
export class IngestClient {
  readonly #options: IngestOptions

  constructor(options: IngestOptions) {
    this.#options = options
  }

  /**
   * @returns the JSON of a 2xx
   * @throws StoreGone when there is no such store
   * @throws Refused for any other answer that waiting does not change
   */
  async ask(request: Request): Promise<unknown> {
    const { log, signal } = this.#options
    for (let attempt = 0; ; attempt++) {
      const { status, body, retryAfter } = await this.#once(request)
      if (status >= 200 && status < 300) return JSON.parse(body)
      if (status === 404 && body.includes('unknown_store')) throw new StoreGone('Ingest knows no such store any more.')
      if (status > 0 && status < 500 && status !== 408 && status !== 429) {
        throw new Refused(`Ingest answers ${request.method} ${request.path} with ${status}: ${body.slice(0, 500)}`)
      }
      signal.throwIfAborted()
      const wait = Math.min(retryAfter ?? firstWaitMs * 2 ** attempt, longestWaitMs)
      log.debug({ status, wait }, 'ingest asks to wait')
      await sleep(wait, undefined, { signal })
    }
  }

  /** Status 0: nobody answers. */
  async #once({ method, path, body, headers }: Request) {
    const { url, key } = this.#options
    try {
      const answer = await fetch(new URL(path, url), {
        method,
        headers: { authorization: `Bearer ${key}`, ...headers },
        ...(body && { body }),
        signal: AbortSignal.timeout(answerWithinMs),
      })
      const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
      const retryAfter = Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : undefined
      return { status: answer.status, body: await answer.text(), retryAfter }
    } catch {
      return { status: 0, body: '', retryAfter: undefined }
    }
  }
}
