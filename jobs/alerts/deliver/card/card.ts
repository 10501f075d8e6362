/** A message as every receiver is told it, in words; how it looks is each sender's. Texts are plain: a sender escapes them. */
export interface Card {
  /** The same in every copy. */
  key: string
  tone: 'bad' | 'warning' | 'info' | 'good'
  title: string
  /** In one sentence, where there is room for no more. */
  summary: string
  facts: { label: string; text: string }[]
  /** Of a digest: each incident. */
  items: { text: string; href: string }[]
  buttons: { text: string; href: string; primary: boolean }[]
  /** Ids or phone numbers as the receiver's type takes them; the e-mail of an owner. */
  mention: { ids: string[]; email: string }
  /** Which store. */
  footer: string
  /** At most 70 characters. */
  sms: string
  /** Messages of one thing have the same. */
  thread: string
  /** Of the picture, where the receiver can fetch it. */
  picture?: string
}
