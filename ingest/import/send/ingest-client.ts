import { setTimeout as sleep } from 'node:timers/promises'
import { ImportError } from '../failure.ts'
import { problemSentence } from './problem-sentence.ts'

export interface Request {
  method: 'GET' | 'PUT' | 'POST'
  path: string
  body?: Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  body: string
}

export interface ClientOptions {
  url: string
  key: string
  signal: AbortSignal
  /** Told when ingest asks to wait or is away. */
  onWait: (seconds: number, reason: string) => void
  /** How long ingest may be away before the import gives up. */
  patienceMs?: number
  /** The first wait after an answer that names none; doubles up to half a minute. */
  firstWaitMs?: number
}

const answerWithinMs = 60_000
const longestWaitMs = 30_000

/** Speaks to ingest; waits and tries again when it is busy or away. Sending twice changes nothing there. */
export class IngestClient {
  readonly #options: Required<ClientOptions>
  #answered = false
  #aliveAt = Date.now()

  constructor(options: ClientOptions) {
    this.#options = { patienceMs: 600_000, firstWaitMs: 500, ...options }
  }

  /**
   * @returns any answer but 429 and 5xx
   * @throws ImportError when nothing is there at all, or nobody answered for too long
   */
  async ask(request: Request): Promise<Answer> {
    const { signal, onWait, patienceMs, firstWaitMs } = this.#options
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.#once(request)
      if ('status' in outcome) return outcome
      if (signal.aborted) throw signal.reason
      if (!this.#answered && outcome.away) {
        throw new ImportError(
          `Nothing answers at ${this.#options.url}. Start the product, or say where ingest is with --url.`,
          {
            cause: outcome.cause,
          },
        )
      }
      if (Date.now() - this.#aliveAt > patienceMs) {
        throw new ImportError(
          `Ingest has taken nothing for ${Math.round(patienceMs / 60_000)} minutes: ${outcome.reason}.`,
        )
      }
      const backOff = Math.min(firstWaitMs * 2 ** attempt, longestWaitMs) * (0.75 + Math.random() / 2)
      const wait = outcome.retryAfterMs ?? backOff
      onWait(wait / 1000, outcome.reason)
      await sleep(wait, undefined, { signal })
    }
  }

  async #once({
    method,
    path,
    body,
    headers,
  }: Request): Promise<Answer | { away: boolean; reason: string; retryAfterMs: number | undefined; cause?: unknown }> {
    const { url, key } = this.#options
    try {
      const response = await fetch(new URL(path, url), {
        method,
        headers: { authorization: `Bearer ${key}`, accept: 'application/json', ...headers },
        ...(body && { body }),
        signal: AbortSignal.timeout(answerWithinMs),
      })
      this.#answered = true
      const text = await response.text()
      if (response.status !== 429 && response.status < 500) {
        this.#aliveAt = Date.now()
        return { status: response.status, body: text }
      }
      const retryAfterMs = readRetryAfter(response.headers.get('retry-after'))
      // Being told when to come back is an answer, not an absence.
      if (retryAfterMs !== undefined) this.#aliveAt = Date.now()
      return { away: false, reason: problemSentence(response.status, text), retryAfterMs }
    } catch (cause) {
      return { away: true, reason: 'it does not answer', retryAfterMs: undefined, cause }
    }
  }
}

/** Seconds or a date. */
function readRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), 10 * longestWaitMs)
}
