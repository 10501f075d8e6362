import type { View } from '../inside.ts'
import { pageHeight, watchAttention } from './attention.ts'
import { type Click, hearClicks } from './clicks.ts'
import { watchExposure } from './exposure.ts'
import { findModules, type Module } from './modules.ts'
import { structureOf } from './structure.ts'

/** The first reading goes early, so that ingest can still ask for a copy of the page; the others when something has changed. */
const firstMs = 5000
const everyMs = 30_000
/** A page that is being built is looked at when it has come to rest. */
const restMs = 800
/** Looking for modules takes so small a part of the page's time. */
const looksShare = 20
/** What a navigation within the page brings is there by then, or has begun to move. */
const routeMs = 2200
/** What was not taken is sent with what comes next, so often at most. */
const mostTries = 5

interface Message {
  view: View & { version: string }
  /** Whether nobody hears the answer, or it is too late for what it may ask. */
  leaving: boolean | undefined
  clicks: Click[]
  reading: object
}

const today = () => new Date().toDateString()

const inside = window.guanlan?._

if (inside) {
  let modules: Module[] = []
  let version = ''
  let seq = 0
  let told = ''
  let address = ''
  /** Whether the page shows the view that is on. */
  let isShown = false
  let begunAt = 0
  let pause = 0
  const attention = watchAttention(() => isShown)
  const exposure = watchExposure()
  const clicks = hearClicks(
    () => modules,
    (module) => exposure.click(module),
    inside.config,
  )
  /** The day on which the budget of a page was spent, by its path. */
  const spent: Record<string, string> = {}
  let unsent: [message: Message, tries: number][] = []

  const viewOf = () => {
    const { clientWidth, clientHeight } = document.documentElement
    version ||= structureOf(document.body)
    return {
      ...inside.view(),
      version,
      visitorId: inside.visitor(),
      sessionId: inside.session(),
      // Neither changes when a visitor zooms in with two fingers.
      width: Math.max(innerWidth, clientWidth),
      height: Math.max(innerHeight, clientHeight),
      pageHeight: pageHeight(),
      webdriver: navigator.webdriver,
    }
  }

  /** A message is of the view that it was made in, whenever it is taken. */
  const deliver = async (message: Message, tries: number, leaving?: boolean) => {
    const { id, path } = message.view
    try {
      const answer = (await inside.post('/v1/heatmap', message, leaving)) as
        | { more: boolean; snapshot: boolean }
        | undefined
      if (!answer) return
      if (!answer.more) spent[path] = today()
      if (!answer.snapshot || id !== inside.view().id) return
      inside.wanted = viewOf
      if (inside.shoot) inside.shoot()
      else inside.load('snapshot')
    } catch (problem) {
      const { status } = problem as Response
      // What ingest refuses it refuses again, but for what comes too fast.
      if (/^4(?!29)/.test(`${status}`)) inside.lose(`${status}`)
      else if (tries < mostTries) unsent.push([{ ...message, leaving: true }, tries + 1])
      else inside.lose('retries')
    }
  }
  const sendAgain = (leaving?: boolean) => {
    const again = unsent
    unsent = []
    for (const [message, tries] of again) void deliver(message, tries, leaving)
  }
  const send = (leaving?: boolean) => {
    if (spent[inside.view().path] === today()) return
    const taken = clicks.take()
    const reading = { ...attention.read(), modules: exposure.read() }
    const now = JSON.stringify(reading)
    if (!taken[0] && now === told) return
    told = now
    void deliver({ view: viewOf(), leaving, clicks: taken, reading: { seq: seq++, ...reading } }, 1, leaving)
  }

  let timer: ReturnType<typeof setTimeout>
  const arm = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (!document.hidden) {
        sendAgain()
        send()
      }
      arm(everyMs)
    }, ms)
  }

  let looking: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    looking = undefined
    const since = performance.now()
    modules = findModules(inside.config.module_selector)
    pause = looksShare * (performance.now() - since)
    exposure.watch(modules)
    if (isShown) return
    isShown = true
    attention.begin()
  }
  const lookIn = (ms: number) => {
    clearTimeout(looking)
    looking = setTimeout(look, ms)
  }
  /** The page moves: it is looked at soon or, while it is to become another one, when it moves no more. */
  const move = () => {
    if (isShown ? !looking : performance.now() - begunAt < routeMs) lookIn(Math.max(restMs, pause))
  }
  new MutationObserver(move).observe(document, { subtree: true, childList: true })
  addEventListener('scroll', () => (isShown ? attention.see() : move()), { passive: true })

  inside.on('view', () => {
    const { url } = inside.view()
    isShown = false
    version = told = ''
    seq = pause = 0
    begunAt = performance.now()
    clicks.begin()
    attention.begin()
    exposure.begin()
    arm(firstMs)
    // What a navigation within the page leads to is not there yet.
    if (address && address !== url) lookIn(routeMs + restMs)
    else look()
    address = url
  })
  inside.on('leave', () => {
    clicks.leave()
    send(true)
    if (document.hidden) {
      sendAgain(true)
      exposure.hide()
    }
  })
  addEventListener('visibilitychange', () => document.hidden || exposure.show())
}
