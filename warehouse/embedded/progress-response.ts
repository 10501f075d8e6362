import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Writable } from 'node:stream'

/**
 * An HTTP/1.1 answer whose headers are sent one by one while the query runs, which Node's own response cannot do. It ends the
 * connection behind it.
 */
export class ProgressResponse extends Writable {
  readonly #socket: Socket
  #headed = false

  constructor(socket: Socket, headers: Record<string, string>) {
    super()
    this.#socket = socket
    socket.write(`HTTP/1.1 200 ${STATUS_CODES[200]}\r\n`)
    for (const [name, value] of Object.entries({ ...headers, 'Transfer-Encoding': 'chunked', Connection: 'close' }))
      this.header(name, value)
  }

  header(name: string, value: string): void {
    if (!this.#headed) this.#socket.write(`${name}: ${value.replaceAll(/[\r\n]/g, ' ')}\r\n`)
  }

  #endHead(): void {
    if (!this.#headed) this.#socket.write('\r\n')
    this.#headed = true
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#endHead()
    this.#socket.write(`${chunk.length.toString(16)}\r\n`)
    this.#socket.write(chunk)
    this.#socket.write('\r\n', done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#endHead()
    this.#socket.end('0\r\n\r\n', () => done())
  }
}
