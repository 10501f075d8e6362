import type { Address, ContactPointType } from '@guanlan/warehouse/alerts/address'
import type { Card } from './card/card.ts'
import type { Net } from './net/net.ts'

/** What became of an attempt, judged by the receiver's own words. */
export type Verdict =
  | { ok: true; answer: string; error?: string }
  | {
      ok: false
      /** again: it may succeed later; never: not as it stands; limited: too much at once. */
      why: 'again' | 'never' | 'limited'
      answer: string
      error: string
      /** When it is limited: not before. */
      after_ms?: number
    }

/** What a sender works with besides the address. */
export interface Tools {
  net: Net
  now: Date
  /** PNG, or nothing when there is none to be had in time. */
  picture: () => Promise<Buffer | undefined>
  /** Takes room for one more message beside the card, when there is plenty. */
  mayFollow: () => Promise<boolean>
}

export interface Outgoing {
  card: Card
  /** What a webhook gets. */
  event: unknown
}

/** Delivers one message. @throws NetError */
export type Sender<Type extends ContactPointType> = (
  address: Address<Type>,
  outgoing: Outgoing,
  tools: Tools,
) => Promise<Verdict>
