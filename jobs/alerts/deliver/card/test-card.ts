import type { Language } from '../../words/words.ts'
import { wordsOf } from '../../words/words-of.ts'
import type { Card } from './card.ts'

/** What the test button of a contact point sends. Pure. */
export function testCard(told: {
  key: string
  language: Language
  contactPoint: string
  store: string
  href: string
  mention: readonly string[]
}): Card {
  const words = wordsOf(told.language)
  const text = words.test.text(told.contactPoint, told.store)
  return {
    key: told.key,
    tone: 'info',
    title: words.test.title,
    summary: text,
    facts: [],
    items: [{ text, href: told.href }],
    buttons: [{ text: words.buttons.all, href: told.href, primary: true }],
    mention: { ids: [...told.mention], email: '' },
    footer: told.store,
    sms: `${words.test.title}${words.colon}${text}`.slice(0, 70),
    thread: told.key,
  }
}
