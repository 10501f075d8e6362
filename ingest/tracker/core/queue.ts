import { send } from './send.ts'
import { keysOf, read, write } from './storage.ts'
import { uuid } from './uuid.ts'
import { allowed, keeps, lose, losses, mayWait, setLosses } from './visit.ts'

/** Characters of a request: three bytes each at most, so that it stays below the 64 KiB of a beacon. */
const longest = 2e4
/** So many messages wait; past it the oldest are lost. */
const most = 500
const prefix = 'guanlan.q.'
const key = prefix + uuid()

let waiting: string[] = []
/** Of the first ones: how many are under way, or with a beacon, which does not say what becomes of them. */
let away = 0
let isSending = false
let failures = 0
let timer: ReturnType<typeof setTimeout> | undefined

const keep = () => {
  if (keeps()) write(key, waiting.join('\n'))
}

const chunk = (from: number) => {
  let length = 0
  return waiting.slice(from).filter((message, index) => {
    length += message.length
    return !index || length < longest
  })
}

const arm = (ms: number) => {
  timer ??= setTimeout(flush, ms)
}

export async function flush(): Promise<void> {
  timer = clearTimeout(timer) as undefined
  if (isSending || !waiting[0] || !allowed()) return
  const messages = chunk(0)
  isSending = true
  // Who says no meanwhile empties the queue, and what comes after a yes is in another one.
  const mine = waiting
  away = messages.length
  const told = losses()
  const status = await send(messages).catch(() => 0)
  isSending = false
  away = 0
  failures++
  // What ingest cannot read it will not be able to read later.
  if (/200|4(00|13|22)/.test(`${status}`)) {
    mine.splice(0, messages.length)
    keep()
    if (status !== 200) for (const _ of messages) lose(`${status}`)
    else if (told) setLosses(losses().slice(told.length))
    failures = 0
  }
  if (waiting[0]) arm(failures && 2 ** Math.min(failures, 8) * (500 + 500 * Math.random()))
}

/** A message, as JSON, waits until ingest has it. */
export function push(message: string): void {
  if (!mayWait()) return
  waiting.push(message)
  // Those under way may have arrived.
  for (; waiting[most]; lose('overflow')) waiting.splice(away, 1)
  keep()
  arm(300)
}

/**
 * Takes over what other pages left, and sends. Each page has a key of its own in the browser's storage. The page it was
 * taken from may be alive and send it too: that is harmless, because a message has one id for ever, and a lock that told
 * the living from the dead would keep pages out of the back-forward cache.
 */
export function open(): void {
  if (keeps()) {
    const others = keysOf(prefix).filter((other) => other !== key)
    waiting.splice(away, 0, ...others.flatMap((other) => read(other)?.split('\n') ?? []))
    keep()
    for (const other of others) write(other, '')
  }
  void flush()
}

/** The page goes: what was not handed to the browser yet goes now. */
export function leave(): void {
  while (allowed() && waiting[away]) {
    const messages = chunk(away)
    away += messages.length
    void send(messages, true).catch(() => {})
  }
}

export function forget(): void {
  waiting = []
  for (const each of keysOf(prefix)) write(each, '')
}
