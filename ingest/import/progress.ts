import { basename } from 'node:path'
import cliProgress from 'cli-progress'

const sayEveryMs = 5_000
const count = new Intl.NumberFormat('en')

/** Shows how far an import is: a bar on a terminal, a line every few seconds elsewhere. */
export class Progress {
  readonly #out: NodeJS.WriteStream
  readonly #bars: cliProgress.MultiBar | undefined
  readonly #bar: cliProgress.SingleBar | undefined
  readonly #timer: NodeJS.Timeout
  #begunAt = Date.now()
  #what = ''
  #done = 0
  #total = 0
  #lines = 0
  #rows = 0
  #saidWaitAt = 0

  constructor(out: NodeJS.WriteStream) {
    this.#out = out
    if (out.isTTY) {
      const format = '{what} {bar} {percentage}% · {lines} · {rate}/s · {rows} rows sent · {eta_formatted} left'
      const options = {
        format,
        stream: out,
        hideCursor: true,
        clearOnComplete: true,
        stopOnComplete: false,
        etaBuffer: 100,
      }
      this.#bars = new cliProgress.MultiBar(options, cliProgress.Presets.shades_classic)
      this.#bar = this.#bars.create(1, 0, this.#payload())
    }
    this.#timer = setInterval(() => this.#tick(), this.#bar ? 200 : sayEveryMs)
    this.#timer.unref()
  }

  /** A new stretch: reading a file of so many bytes, or making rows of so many groups. */
  begin(what: string, total: number): void {
    this.#what = basename(what)
    this.#begunAt = Date.now()
    this.#lines = 0
    this.#done = 0
    this.#total = total
  }

  /** So much of the stretch's total is done. */
  advance(by: number): void {
    this.#done += by
  }

  /** A line was read, or a group was made. */
  line(): void {
    this.#lines += 1
  }

  /** Rows that ingest has taken or refused. */
  sent(rows: number): void {
    this.#rows += rows
  }

  /** A sentence that stays on the screen. */
  say(sentence: string): void {
    if (this.#bars) this.#bars.log(`${sentence}\n`)
    else this.#out.write(`${sentence}\n`)
  }

  /** Ingest asks to wait; said once in a while, not for each request in flight. */
  wait(seconds: number, reason: string): void {
    if (Date.now() - this.#saidWaitAt < 2_000) return
    this.#saidWaitAt = Date.now()
    this.say(`Waiting ${seconds.toFixed(1)} s for ingest: ${reason}`)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#bars?.stop()
  }

  #payload() {
    const seconds = Math.max((Date.now() - this.#begunAt) / 1000, 0.001)
    return {
      what: this.#what,
      lines: count.format(this.#lines),
      rate: count.format(Math.round(this.#lines / seconds)),
      rows: count.format(this.#rows),
    }
  }

  #tick(): void {
    const payload = this.#payload()
    if (this.#bar) {
      this.#bar.setTotal(Math.max(this.#total, 1))
      this.#bar.update(Math.min(this.#done, this.#total), payload)
      return
    }
    const { what, lines, rate, rows } = payload
    const share = this.#total > 0 ? Math.min(this.#done / this.#total, 1) : 0
    const elapsed = (Date.now() - this.#begunAt) / 1000
    const left = share > 0.01 ? `, about ${Math.round(elapsed / share - elapsed)} s left` : ''
    this.#out.write(`${what} ${Math.floor(share * 100)} %: ${lines} at ${rate}/s, ${rows} rows sent${left}\n`)
  }
}
