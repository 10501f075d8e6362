import { type Address, addresses, type ContactPointType } from '@guanlan/warehouse/alerts/address'
import { m } from '#lib/paraglide/messages.js'
import type { Form } from '../../settings/form.ts'
import { fieldsOf } from '../../settings/refusal.ts'

type Any = Address<ContactPointType>

const lines = (text: string) => text.split(/[\n,，;；]+/).map((one) => one.trim()).filter(Boolean) // biome-ignore format: one pipe

/** A number as gateways take it: people group the digits. */
const dialled = (phone: string) => phone.replace(/[\s()-]/g, '')

/** `Name: value`, one a line: a value may hold commas and semicolons. */
const headersOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf(':')
      return at < 1 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()]]
    }),
  )

/** What was left empty stays as it is: a secret is never sent to a browser, and so cannot come back from it. */
function drafted(type: ContactPointType, form: Form, old: Any | undefined): unknown {
  const kept = old as Partial<Record<string, unknown>> | undefined
  const url = form.text('url') || kept?.url || ''
  const secret = form.has('no_secret') ? '' : form.raw('secret') || kept?.secret || ''
  if (type === 'email') {
    const before = old && 'smtp' in old ? old.smtp : undefined
    return {
      ...{ to: lines(form.text('to')), from: form.text('from') },
      smtp: {
        ...{ host: form.text('host'), port: Number(form.text('port') || 465), secure: form.text('secure') !== 'no' },
        ...{ user: form.text('user'), password: form.raw('password') || before?.password || '' },
      },
    }
  }
  if (type === 'sms') {
    const headers = form.text('headers') ? headersOf(form.text('headers')) : (kept?.headers ?? {})
    const body = form.text('body') || kept?.body || ''
    return { url, headers, body, phones: lines(form.text('phones')).map(dialled), ok: form.text('ok') }
  }
  return type === 'wecom' || type === 'slack' ? { url } : { url, secret }
}

/** The fields of the form by the paths of the schema. */
const fieldOf = (path: string): string => path.replace(/^smtp\./, '').replace(/\..*$/, '')

const sentences: Record<string, () => string> = {
  url: m.alerts_wrong_url,
  to: m.alerts_wrong_to,
  from: m.alerts_wrong_mail,
  phones: m.alerts_wrong_phones,
  body: m.settings_wrong_empty,
  host: m.settings_wrong_empty,
  port: m.alerts_wrong_port,
}

/**
 * The address that a form speaks of.
 * @param old as it stands, when it is changed
 */
export function readAddress(
  type: ContactPointType,
  form: Form,
  old: Any | undefined,
): { address: Any } | { fields: Record<string, string> } {
  const parsed = addresses[type].safeParse(drafted(type, form, old))
  if (parsed.success) return { address: parsed.data as Any }
  const fields = Object.entries(fieldsOf(parsed.error)).map(([path, message]): [string, string] => {
    const field = fieldOf(path)
    return [field, sentences[field]?.() ?? message]
  })
  return { fields: Object.fromEntries(fields) }
}
