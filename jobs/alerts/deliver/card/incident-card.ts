import type { Incident } from '@guanlan/warehouse/alerts/incident'
import { lossOf } from '@guanlan/warehouse/alerts/loss-of'
import type { Waiting } from '@guanlan/warehouse/alerts/outbox'
import { ruleName } from '@guanlan/warehouse/alerts/rule-name'
import { incidentDay } from '@guanlan/warehouse/calendar/incident-day'
import { channels } from '@guanlan/warehouse/channels'
import { metrics } from '@guanlan/warehouse/metrics/catalog'
import { type Numbers, numbersOf } from '../../words/numbers.ts'
import type { Language, Words } from '../../words/words.ts'
import { wordsOf } from '../../words/words-of.ts'
import type { Card } from './card.ts'
import { smsText } from './sms-text.ts'

/** Where a card's buttons lead. */
export interface Links {
  incident: string
  acknowledge: string
  /** Undoes that somebody has acknowledged it. */
  release?: string
  silence: string
  /** When receivers of the public internet can fetch it. */
  picture?: string
}

interface Told {
  notification: Waiting
  key: string
  store: { name: string; currency: string; time_zone: string }
  contactPoint: { language: Language; mention: readonly string[] }
  /** The name of the contact point that could not be reached. */
  inPlaceOf?: string
  links: Links
  now: Date
}

const calls = new Set(['opened', 'reopened', 'released', 'escalated'])
const channelLabels = new Map(channels.map(({ name, label }) => [name, label]))
const groups = {
  public: { zh: '公域', en: 'public' },
  private: { zh: '私域', en: 'private' },
  unattributed: { zh: '未归因', en: 'unattributed' },
} as const

/** Somebody may have typed an address into a campaign's name: it must not become a link. */
const unlinked = (text: string) => text.replaceAll('://', '：//')

/** A slice's value as people know it. */
function sliceText({ dimension, value }: { dimension: string; value: string }, language: Language): string {
  if (dimension === 'channel') return channelLabels.get(value)?.[language] ?? unlinked(value)
  if (dimension === 'channel_group' && value in groups) return groups[value as keyof typeof groups][language]
  return value === '' ? '–' : unlinked(value)
}

/** Low to high: above or below what was expected, else what was found. */
function howMuch({ value, finding }: Incident, words: Words, numbers: Numbers): string {
  const { actual, expected } = value
  if (actual === null || expected === null || expected === 0 || actual === expected) return words.finding[finding]
  const share = numbers.share(Math.abs(actual - expected) / Math.abs(expected))
  return actual < expected ? words.below(share) : words.above(share)
}

/** What the day of the beginning is, where it is not what its weekday says. */
function dayText(incident: Incident, timeZone: string, words: Words, language: Language): string | undefined {
  const day = incidentDay(incident, timeZone)
  if (!day) return undefined
  const name = day.name[language]
  const text = day.kind === 'make_up' ? words.worked(name) : day.of === 1 ? name : words.holiday(name, day.nth)
  return day.isWidened ? `${text}${words.comma}${words.widened}` : text
}

const toneOf = ({ severity }: Incident, isGood: boolean): Card['tone'] =>
  isGood ? 'good' : severity === 'critical' ? 'bad' : severity

function moneyText(incident: Incident, words: Words, numbers: Numbers, isOver: boolean): string | undefined {
  const loss = lossOf(incident.explanation)
  if (!loss) return undefined
  const money = (amount: number) => numbers.short(Math.abs(amount), 'money')
  const isLoss = loss.so_far > 0
  // A rate that nobody knows is not told.
  if (isOver || loss.per_hour === null) return (isLoss ? words.lostInAll : words.gainedInAll)(money(loss.so_far))
  return (isLoss ? words.lost : words.gained)(money(loss.per_hour), money(loss.so_far))
}

const secondsBetween = (from: string, to: string | Date) => (+new Date(to) - Date.parse(from)) / 1000

/**
 * What a contact point is told of an incident: what, by how much, since when, what it costs, why, what else changed, and
 * what to do. What is not known is left out. Pure.
 */
export function incidentCard({ notification, key, store, contactPoint, inPlaceOf, links, now }: Told): Card {
  const { value: incident, transition, store_id, incident_id } = notification
  const { language } = contactPoint
  const words = wordsOf(language)
  const numbers = numbersOf(language, store)
  const { unit, label } = metrics[incident.metric]
  const slice = incident.slice && sliceText(incident.slice, language)
  const isOver = transition === 'resolved'
  const isCall = calls.has(transition)
  const { actual, expected } = incident.value
  const state = words.state[transition as keyof Words['state']] ?? transition
  const metric = slice === null ? label[language] : words.of(label[language], slice)
  const much = howMuch(incident, words, numbers)
  const amounts =
    expected === null
      ? words.actual(numbers.short(actual, unit))
      : words.actualExpected(numbers.short(actual, unit), numbers.short(expected, unit))
  const money = moneyText(incident, words, numbers, isOver)
  const { explanation } = incident
  const causes = explanation?.causes
    .slice(0, 3)
    .map(({ slices, share }) =>
      words.cause(slices.map((one) => sliceText(one, language)).join(' × '), numbers.share(share)),
    )
  const changes = explanation?.changes
    .slice(0, 3)
    .map(
      ({ at, type, text }) =>
        `${numbers.clock(at)} ${[words.change[type], unlinked(text)].filter(Boolean).join(words.colon)}`,
    )
  const lasted = numbers.span(secondsBetween(incident.began_at, incident.resolved_at ?? now))
  const what = `${ruleName(incident.rule.name, language)}${slice === null ? '' : ` · ${slice}`}`
  const severity = language === 'zh' ? `【${words.severity[incident.severity]}】` : `[${incident.severity}] `
  const fact = (name: keyof Words['labels'], text: string | null | undefined | false) =>
    text ? [{ label: words.labels[name], text }] : []
  const facts = [
    ...fact('metric', !isOver && `${metric} ${amounts}`),
    ...fact('data', explanation?.data_trouble && words.trouble[explanation.data_trouble]),
    ...fact('money', money),
    ...(isOver ? fact('lasted', lasted) : fact('since', words.sinceFor(numbers.moment(incident.began_at), lasted))),
    ...fact('day', !isOver && dayText(incident, store.time_zone, words, language)),
    ...fact('cause', causes?.join(words.and)),
    ...fact('changes', changes?.join(words.and)),
    ...fact('advice', isCall && explanation?.playbook.map((line) => line[language]).join(' ')),
    ...fact('owner', incident.owner),
    ...fact('by', incident.acknowledged && !isCall && words.acknowledgedBy(incident.acknowledged.by)),
  ]
  return {
    key,
    tone: toneOf(incident, isOver || transition === 'acknowledged'),
    title: `${isOver ? '' : severity}${state}${words.colon}${what}${isOver ? '' : ` ${much}`}`,
    summary: [`${metric} ${isOver ? lasted : amounts}`, money].filter(Boolean).join(words.comma),
    facts,
    items: [],
    buttons: [
      { text: words.buttons.incident, href: links.incident, primary: !isCall },
      ...(isCall && incident.state === 'open'
        ? [
            { text: words.buttons.acknowledge, href: links.acknowledge, primary: true },
            { text: words.buttons.silence, href: links.silence, primary: false },
          ]
        : []),
      ...(transition === 'acknowledged' && links.release
        ? [{ text: words.buttons.release, href: links.release, primary: false }]
        : []),
    ],
    mention: isCall ? { ids: [...contactPoint.mention], email: incident.owner } : { ids: [], email: '' },
    footer: inPlaceOf === undefined ? store.name : `${store.name} · ${words.inPlaceOf(inPlaceOf)}`,
    sms: smsText([`${state}${words.colon}${what}`, isOver ? lasted : much, money, numbers.clock(incident.began_at)]),
    thread: `${store_id}/${incident_id}`,
    ...(links.picture && isCall && { picture: links.picture }),
  }
}
