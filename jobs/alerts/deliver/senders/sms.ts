import { RE2JS } from 're2js'
import { answerText, judgeStatus } from '../judge.ts'
import type { Sender, Verdict } from '../sender.ts'

/** As it stands between the quotes of a JSON text. */
const inJson = (text: string) => JSON.stringify(text).slice(1, -1)

/** As it stands in a text of a content type: a form's values are percent-encoded UTF-8, markup has its own signs. */
function escaped(text: string, contentType: string): string {
  if (contentType.includes('x-www-form-urlencoded')) return encodeURIComponent(text)
  if (contentType.includes('xml')) return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return contentType.startsWith('text/') ? text : inJson(text)
}

/** What a gateway is sent: the template with the number and the text filled in, as its content type wants them. */
export const smsBody = (
  template: string,
  { phone, text }: { phone: string; text: string },
  contentType = 'application/json',
): string =>
  template.replace(/\{\{(phone|text)\}\}/g, (_, name: string) => escaped(name === 'phone' ? phone : text, contentType))

/**
 * Whether a gateway's answer says that it took the message. The pattern is a shop's own: RE2 takes time in proportion to
 * the text, whatever the pattern.
 * @throws when it is no pattern
 */
export const isTaken = (pattern: string, body: string): boolean =>
  pattern === '' || RE2JS.compile(pattern).matcher(body.slice(0, 10_000)).find()

/** A text message to each number. Taken for one of them, it is delivered: another copy would cost all of them again. */
export const sms: Sender<'sms'> = async ({ url, headers, body, phones, ok }, { card }, { net, now }) => {
  try {
    isTaken(ok, '')
  } catch (error) {
    return { ok: false, why: 'never', answer: '', error: `The pattern is wrong: ${(error as Error).message}` }
  }
  const one = async (phone: string): Promise<Verdict> => {
    // One by one: names that differ in case alone would be sent as one name with both values.
    const given = new Headers({ 'content-type': 'application/json; charset=utf-8' })
    for (const [name, value] of Object.entries(headers)) given.set(name, value)
    given.set('idempotency-key', `${card.key}-${phones.indexOf(phone)}`)
    const type = given.get('content-type')?.toLowerCase()
    const message = { headers: Object.fromEntries(given), body: smsBody(body, { phone, text: card.sms }, type) }
    const answer = await net.post(url, message)
    const failed = judgeStatus(answer, now)
    if (failed) return failed
    if (isTaken(ok, answer.body)) return { ok: true, answer: answerText(answer) }
    const error = `The answer does not match ${ok}`
    return { ok: false, why: 'again', answer: answerText(answer), error }
  }
  const verdicts: (Verdict | Error)[] = []
  for (const phone of phones) verdicts.push(await one(phone).catch((error: Error) => error))
  const taken = verdicts.find((verdict) => !(verdict instanceof Error) && verdict.ok)
  const errors = verdicts.flatMap((verdict) =>
    verdict instanceof Error ? [verdict.message] : verdict.ok ? [] : [verdict.error],
  )
  if (taken && !(taken instanceof Error)) {
    return errors.length > 0 ? ({ ...taken, error: errors.join('; ') } as Verdict) : taken
  }
  const [first] = verdicts
  if (first === undefined || first instanceof Error) throw first
  return first
}
