import type { Guanlan } from '../api.ts'
import type { SecondFile, TrackerConfig, TrackerInside } from '../inside.ts'
import { hearClicks } from './clicks.ts'
import { hearNavigation } from './navigation.ts'
import { type Attributes, configure, options } from './options.ts'
import { post } from './post.ts'
import { flush, forget, leave, open, push, sendBy } from './queue.ts'
import { uuid } from './uuid.ts'
import { on, page, renew, tell, view } from './view.ts'
import { allowed, grant, identify, part, refuse, reset, touch } from './visit.ts'

declare global {
  /** Put in when the file is made. */
  const TRACKER_VERSION: string
}

type Properties = Record<string, unknown>
type Call = [name: string, ...rest: unknown[]]

const words = 'view_item,view_item_list,add_to_cart,remove_from_cart,begin_checkout,add_payment_info,purchase,search'

function send(messages: string[], leaving?: boolean): Promise<boolean | undefined> {
  const context = {
    library: { name: 'guanlan', version: TRACKER_VERSION },
    locale: navigator.language,
    webdriver: navigator.webdriver,
  }
  return post('/v1/batch', `"context":${JSON.stringify(context)},"batch":[${messages}]}`, leaving).then(
    // What ingest cannot read it will not be able to read later.
    (answer) => answer && (answer.ok || /4(00|13|22)/.test(`${answer.status}`)),
  )
}

function say(type: string, more: object): void {
  const userId = touch()[3]
  const who = { userId, anonymousId: part(0), context: { page, sessionId: part(1) } }
  push(JSON.stringify({ type, messageId: uuid(), timestamp: new Date(), ...who, ...more }))
}

const track = (event: string, properties?: object) => say('track', { event, properties })

function show(properties?: Properties): void {
  renew(properties)
  say('page', { messageId: view.id, properties })
  tell('view')
}

function next(properties?: Properties): void {
  tell('leave')
  show(properties)
}

/**
 * Begins to watch the page.
 * @param bring brings one of the second files
 */
export function start(attributes: Attributes, bring: (file: SecondFile) => void): Guanlan {
  configure(attributes)
  sendBy(send)
  const brought: string[] = []
  const inside: TrackerInside = {
    key: options.key as string,
    host: options.host as string,
    view: () => view,
    visitor: () => part(0),
    session: () => part(1),
    allowed,
    on,
    async post(path, body, leaving) {
      const answer = allowed() ? await post(path, JSON.stringify(body).slice(1), leaving) : undefined
      if (answer && !answer.ok) throw answer
      return answer?.json()
    },
    track,
    load(file) {
      if (brought.includes(file)) return
      brought.push(file)
      bring(file)
    },
    config: {} as TrackerConfig,
  }
  /** The second files: when the page is loaded and the visitor may be watched. */
  const bringSecond = async () => {
    if (!allowed() || document.readyState !== 'complete' || brought[0]) return
    if (options.vitals !== 'off') inside.load('vitals')
    if (options.heatmap === 'off') return
    // A store's word that does not come is no sampling.
    const answer = await fetch(`${options.host}/g/config?key=${options.key}`).catch(() => undefined)
    if (!answer?.ok) return
    inside.config = await answer.json()
    const chance = Number(`0x${part(0).slice(-8)}`) / 2 ** 32 || Math.random()
    if (chance < inside.config.heatmap_rate) inside.load('heatmap')
  }
  const api: Record<string, (...rest: never[]) => void> = {
    page: next,
    track,
    identify(customer: string, traits?: object) {
      identify(customer)
      say('identify', { traits })
    },
    consent(granted: boolean) {
      if (granted) {
        grant()
        open()
        void bringSecond()
      } else {
        forget()
        refuse()
      }
    },
    reset,
  }
  for (const word of words.split(',')) {
    api[word.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())] = (properties: object) =>
      track(word, properties)
  }
  const call = ([name, ...rest]: Call) => api[name]?.(...(rest as never[]))

  window.guanlan ??= {}
  const calls = (window.guanlan.q ?? []) as unknown as Call[]
  const first = calls.find(([name]) => name === 'page')
  Object.assign(window.guanlan, api, { _: inside, q: { push: call } })
  show(first?.[1] as Properties)
  for (const each of calls) if (each !== first) call(each)
  open()
  if (options.spa !== 'off') hearNavigation(next)
  hearClicks(track, options.outbound !== 'off')
  const hide = () => {
    tell('leave')
    leave()
  }
  addEventListener('pageshow', (event) => event.persisted && show())
  addEventListener('online', flush)
  addEventListener('pagehide', hide)
  addEventListener('visibilitychange', () => document.hidden && hide())
  addEventListener('load', () => setTimeout(bringSecond))
  void bringSecond()
  return window.guanlan as Guanlan
}
