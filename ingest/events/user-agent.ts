import { isbot } from 'isbot'
import { UAParser } from 'ua-parser-js'

export interface UserAgent {
  device: 'phone' | 'tablet' | 'desktop' | 'other'
  browser: string
  os: string
  is_bot: boolean
}

const unknown: UserAgent = { device: 'other', browser: '', os: '', is_bot: false }

function deviceOf(type: string | undefined, os: string): UserAgent['device'] {
  if (type === 'mobile') return 'phone'
  if (type === 'tablet') return 'tablet'
  return type === undefined && os !== '' ? 'desktop' : 'other'
}

function parse(text: string): UserAgent {
  const { browser, device, os } = UAParser(text)
  const system = os.name ?? ''
  return { device: deviceOf(device.type, system), browser: browser.name ?? '', os: system, is_bot: isbot(text) }
}

// Parsing takes some fifty microseconds; a shop sees a few hundred user agents again and again.
const parsed = new Map<string, UserAgent>()
const most = 4000
const longest = 512

/** What a user agent says of its device, and whether it is a bot's. */
export function readUserAgent(text: string): UserAgent {
  if (text === '') return unknown
  // The beginning of a text holds on to the whole of it: remembered, a few would fill the memory.
  if (text.length > longest) return parse(text.slice(0, longest))
  let agent = parsed.get(text)
  if (!agent) {
    if (parsed.size >= most) parsed.clear()
    agent = parse(text)
    parsed.set(text, agent)
  }
  return agent
}
