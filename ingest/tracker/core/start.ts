import type { Guanlan } from '../api.ts'
import type { SecondFile, TrackerInside } from '../inside.ts'
import { hearClicks } from './clicks.ts'
import { hearNavigation } from './navigation.ts'
import { type Attributes, options } from './options.ts'
import { post } from './post.ts'
import { flush, forget, leave, open, push } from './queue.ts'
import { snake } from './snake.ts'
import { uuid } from './uuid.ts'
import { on, page, renew, tell, view } from './view.ts'
import { allowed, grant, identify, lose, part, refuse, reset, touch } from './visit.ts'

type Properties = Record<string, unknown>
type Call = [name: string, ...rest: unknown[]]

const words = 'viewItem,viewItemList,addToCart,removeFromCart,beginCheckout,addPaymentInfo,purchase,search'

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
  Object.assign(options, attributes)
  const brought: string[] = []
  const inside = {
    ...(options as { key: string; host: string }),
    view: () => view,
    visitor: () => part(0),
    session: () => part(1),
    allowed,
    on,
    async post(path: string, body: object, leaving?: boolean) {
      const answer = allowed() ? await post(path, JSON.stringify(body).slice(1), leaving) : undefined
      if (answer && !answer.ok) throw answer
      return answer?.json()
    },
    track,
    lose,
    load(file: SecondFile) {
      if (!brought.includes(file)) bring(file)
      brought.push(file)
    },
  } as TrackerInside
  /** The second files: when the page is loaded and the visitor may be watched. */
  const bringSecond = async () => {
    if (!allowed() || document.readyState !== 'complete' || brought[0]) return
    if (options.vitals !== 'off') inside.load('vitals')
    if (options.heatmap === 'off') return
    // A store's word that does not come is no sampling.
    const answer = await fetch(`${options.host}/g/config?key=${options.key}`).catch(() => undefined)
    if (!answer?.ok) return
    inside.config = await answer.json()
    const chance = Number.parseInt(part(0).slice(-8), 16) / 2 ** 32 || Math.random()
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
    api[word] = (properties: object) => track(snake(word), properties)
  }
  const call = ([name, ...rest]: Call) => api[name]?.(...(rest as never[]))

  window.guanlan ??= {}
  const own = window.guanlan
  const calls = (own.q ?? []) as unknown as Call[]
  const first = calls.find(([name]) => name === 'page')
  Object.assign(own, api, { _: inside, q: { push: call } })
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
  return own as Guanlan
}
