import { wordsOf } from '../../words/words-of.ts'
import type { Card } from './card.ts'

const tones = ['good', 'info', 'warning', 'bad'] as const

/** One message of all that waits for a contact point, each with a line of its own. Pure. */
export function digestCard(
  cards: readonly Card[],
  { key, language, all, footer }: { key: string; language: 'zh' | 'en'; all: string; footer: string },
): Card {
  const words = wordsOf(language)
  const title = words.digest(cards.length)
  const worst = cards.reduce((tone, card) => Math.max(tone, tones.indexOf(card.tone)), 0)
  return {
    key,
    tone: tones[worst] ?? 'bad',
    title,
    summary: cards
      .slice(0, 3)
      .map((card) => card.title)
      .join(words.and),
    facts: [],
    items: cards.map((card) => ({ text: card.title, href: card.buttons[0]?.href ?? all })),
    buttons: [{ text: words.buttons.all, href: all, primary: true }],
    mention: {
      ids: [...new Set(cards.flatMap(({ mention }) => mention.ids))],
      email: cards.find(({ mention }) => mention.email !== '')?.mention.email ?? '',
    },
    footer,
    sms: `${title}${words.colon}${cards[0]?.sms ?? ''}`.slice(0, 70),
    thread: key,
  }
}
