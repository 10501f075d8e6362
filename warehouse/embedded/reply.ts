import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'
import { constants, createBrotliCompress, createDeflate, createGzip, createZstdCompress } from 'node:zlib'
import { contentType } from './content-type.ts'
import { type Counted, countedText } from './counted.ts'
import { type DatabaseError, errorText, httpStatus } from './errors.ts'
import { ProgressResponse } from './progress-response.ts'

const compressors: Record<string, (level: number) => NodeJS.ReadWriteStream & Writable> = {
  br: (level) => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: level } }),
  gzip: (level) => createGzip({ level: level }),
  deflate: (level) => createDeflate({ level: level }),
  zstd: (level) => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: level } }),
}

/** The compression to answer with, in ClickHouse's order of preference; none unless the setting asks for it. */
export function chooseEncoding(accepted: string | undefined, settings: Map<string, string>): string | undefined {
  if (!/^(1|true)$/.test(settings.get('enable_http_compression') ?? '') || !accepted) return undefined
  return Object.keys(compressors).find((name) => new RegExp(`(^|[\\s,])${name}\\b`).test(accepted))
}

export interface Manner {
  queryId: string
  version: string
  timezone: string
}

/** One answer to a query. It begins with the result's first byte, and says so in ClickHouse's manner when it fails after that. */
export class Reply {
  /** Bytes of the result, before compression. */
  sent = 0
  readonly #res: ServerResponse
  readonly #manner: Manner
  readonly #tag = Array.from({ length: 16 }, () => String.fromCharCode(97 + randomInt(26))).join('')
  #encoding: string | undefined
  #level = 3
  #progress: ProgressResponse | undefined
  #out: Writable | undefined

  constructor(res: ServerResponse, manner: Manner) {
    this.#res = res
    this.#manner = manner
  }

  /** Compresses what is sent from now on. @param level as `http_zlib_compression_level` gives it */
  compress(encoding: string | undefined, level: string | undefined): void {
    this.#encoding = encoding
    this.#level = Math.min(9, Math.max(1, Math.trunc(Number(level ?? 3)) || 3))
  }

  #headers(more: Record<string, string>): Record<string, string> {
    return {
      'X-ClickHouse-Server-Display-Name': 'guanlan',
      // A client's own id may be any text; a header that Node refuses to write would be no answer at all.
      'X-ClickHouse-Query-Id': this.#manner.queryId.replaceAll(/[^ -~]/g, '?'),
      'X-ClickHouse-Timezone': this.#manner.timezone,
      'X-ClickHouse-Exception-Tag': this.#tag,
      ...more,
    }
  }

  #target(status: number, headers: Record<string, string>, compressed: boolean): Writable {
    const encoding = compressed ? this.#encoding : undefined
    const compressor = encoding ? compressors[encoding]?.(this.#level) : undefined
    const all = { ...headers, ...(encoding && { 'Content-Encoding': encoding }) }
    if (this.#progress) for (const [name, value] of Object.entries(all)) this.#progress.header(name, value)
    else this.#res.writeHead(status, this.#headers(all))
    const wire = this.#progress ?? this.#res
    if (!compressor) return wire
    compressor.pipe(wire)
    return compressor
  }

  #begin(format: string, counted: Partial<Counted>, compressed: boolean): Writable {
    this.#out ??= this.#target(
      200,
      {
        ...(this.#progress ? {} : { 'Content-Type': contentType(format), 'X-ClickHouse-Format': format }),
        'X-ClickHouse-Summary': countedText(counted),
      },
      compressed,
    )
    return this.#out
  }

  /** Tells progress in a header, unless the result has begun; the status is 200 from then on. */
  progress(format: string, counted: Partial<Counted>): void {
    const socket = this.#res.socket
    if (this.#out || !socket) return
    this.#progress ??= new ProgressResponse(
      socket,
      this.#headers({ 'Content-Type': contentType(format), 'X-ClickHouse-Format': format }),
    )
    this.#progress.header('X-ClickHouse-Progress', countedText(counted))
  }

  /** Sends what the engine makes, no faster than the client takes it. */
  async write(chunk: Buffer, format: string, counted: Partial<Counted>, signal: AbortSignal): Promise<void> {
    const out = this.#begin(format, counted, true)
    this.sent += chunk.length
    if (!out.write(chunk)) await once(out, 'drain', { signal })
  }

  end(format: string, counted: Partial<Counted>): void {
    this.#begin(format, counted, false).end()
  }

  /** Answers with the error, or breaks off what was begun in the way that clients recognise. */
  fail(error: DatabaseError): void {
    const text = errorText(error, this.#manner.version)
    if (this.#out) {
      const block = `\r\n__exception__\r\n${this.#tag}\r\n${text}${Buffer.byteLength(text)} ${this.#tag}\r\n__exception__\r\n`
      this.#out.end(block)
      return
    }
    const status = httpStatus(error)
    const headers = {
      ...(this.#progress ? {} : { 'Content-Type': 'text/plain; charset=UTF-8' }),
      'X-ClickHouse-Exception-Code': String(error.code),
      ...(status === 401 && { 'WWW-Authenticate': 'Basic realm="ClickHouse server HTTP API"' }),
      ...(status === 503 && { 'Retry-After': '1' }),
    }
    this.#target(status, headers, true).end(text)
  }
}
