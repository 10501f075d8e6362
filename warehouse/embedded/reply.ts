import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { constants, createBrotliCompress, createDeflate, createGzip, createZstdCompress } from 'node:zlib'
import { contentType } from './content-type.ts'
import { type DatabaseError, errorText, httpStatus } from './errors.ts'
import type { Outcome } from './execute.ts'

const displayName = 'guanlan'

/** The headers that every answer to a query carries. */
export interface Heading {
  queryId: string
  version: string
  timezone: string
}

/** X-ClickHouse-Summary and -Progress; a server writes these numbers as strings. */
export interface Counted {
  read_rows: number
  read_bytes: number
  written_rows: number
  written_bytes: number
  total_rows_to_read: number
  result_rows: number
  result_bytes: number
  elapsed_ns: number
}
export const countedText = (counted: Partial<Counted>): string =>
  JSON.stringify(
    Object.fromEntries(
      (
        [
          'read_rows',
          'read_bytes',
          'written_rows',
          'written_bytes',
          'total_rows_to_read',
          'result_rows',
          'result_bytes',
          'elapsed_ns',
        ] as const
      ).map((key) => [key, String(counted[key] ?? 0)]),
    ),
  )

const compressors: Record<string, (level: number) => Writable & NodeJS.ReadableStream> = {
  zstd: () => createZstdCompress(),
  br: (level) => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: level } }),
  gzip: (level) => createGzip({ level }),
  deflate: (level) => createDeflate({ level }),
}

/** The compression to answer with, in ClickHouse's order of preference. */
export function chooseEncoding(accepted: string | undefined, settings: Map<string, string>): string | undefined {
  if (!/^(1|true)$/.test(settings.get('enable_http_compression') ?? '') || !accepted) return undefined
  return ['br', 'gzip', 'deflate', 'zstd'].find((name) => new RegExp(`(^|[\\s,])${name}\\b`).test(accepted))
}

/** One answer to a query: begins with the first byte of the result, and says so when it fails after that. */
export class Reply {
  readonly #res: ServerResponse
  readonly #heading: Heading
  readonly #encoding: string | undefined
  readonly #level: number
  readonly #tag = randomBytes(8)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] as string)
  #out: Writable | undefined
  sent = 0

  constructor(res: ServerResponse, heading: Heading, encoding: string | undefined, level: number) {
    this.#res = res
    this.#heading = heading
    this.#encoding = encoding
    this.#level = level
  }

  get begun(): boolean {
    return this.#res.headersSent
  }

  #head(status: number, headers: Record<string, string>): void {
    const { queryId, timezone } = this.#heading
    this.#res.writeHead(status, {
      'X-ClickHouse-Server-Display-Name': displayName,
      'X-ClickHouse-Query-Id': queryId,
      'X-ClickHouse-Timezone': timezone,
      'X-ClickHouse-Exception-Tag': this.#tag,
      ...headers,
    })
  }

  #begin(format: string, counted: Partial<Counted>, empty: boolean): Writable {
    if (this.#out) return this.#out
    const encoding = empty ? undefined : this.#encoding
    this.#head(200, {
      'Content-Type': contentType(format),
      'X-ClickHouse-Format': format,
      'X-ClickHouse-Summary': countedText(counted),
      ...(encoding && { 'Content-Encoding': encoding }),
    })
    const compressor = encoding && compressors[encoding]?.(this.#level)
    if (compressor) compressor.pipe(this.#res)
    this.#out = compressor || this.#res
    return this.#out
  }

  /** Sends what the engine makes, no faster than the client takes it. */
  async write(chunk: Buffer, format: string, counted: Partial<Counted>, signal: AbortSignal): Promise<void> {
    const out = this.#begin(format, counted, false)
    this.sent += chunk.length
    if (!out.write(chunk)) await once(out, 'drain', { signal })
  }

  end(format: string, counted: Partial<Counted>): void {
    this.#begin(format, counted, true).end()
  }

  /** Answers with the error, or breaks off what was begun in the way that clients recognise. */
  fail(error: DatabaseError): void {
    const text = errorText(error, this.#heading.version)
    if (!this.begun) {
      const status = httpStatus(error)
      this.#head(status, {
        'Content-Type': 'text/plain; charset=UTF-8',
        'X-ClickHouse-Exception-Code': String(error.code),
        ...(status === 401 && { 'WWW-Authenticate': 'Basic realm="ClickHouse server HTTP API"' }),
        ...(status === 503 && { 'Retry-After': '1' }),
      })
      this.#res.end(text)
      return
    }
    const length = Buffer.byteLength(text)
    const block = `\r\n__exception__\r\n${this.#tag}\r\n${text}${length} ${this.#tag}\r\n__exception__\r\n`
    this.#out?.end(block)
  }
}

export const read = (outcome: Outcome): Partial<Counted> => ({
  read_rows: outcome.rows,
  read_bytes: outcome.bytes,
  result_rows: outcome.rows,
  result_bytes: outcome.bytes,
  elapsed_ns: outcome.elapsedNs,
})
export const written = (outcome: Outcome): Partial<Counted> => ({
  ...read(outcome),
  written_rows: outcome.rows,
  written_bytes: outcome.bytes,
})
