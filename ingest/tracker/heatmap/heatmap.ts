import { pageHeight, watchAttention } from './attention.ts'
import { hearClicks } from './clicks.ts'
import { watchExposure } from './exposure.ts'
import { findModules, type Module } from './modules.ts'
import { structureOf } from './structure.ts'

/** The first reading goes early, so that ingest can still ask for a copy of the page; the others when something has changed. */
const firstMs = 5000
const everyMs = 30_000
/** A page that is being built is looked at when it has come to rest. */
const restMs = 800

const inside = window.guanlan?._

if (inside) {
  let modules: Module[] = []
  let version = ''
  let seq = 0
  let told = ''
  let isOver = false
  const attention = watchAttention()
  const exposure = watchExposure()
  const clicks = hearClicks(
    () => modules,
    (module) => exposure.click(module),
    inside.config,
  )

  const find = () => {
    modules = findModules(inside.config.module_selector)
    return modules
  }
  const viewOf = () => {
    const { id, url, path, title, startedAt, variant } = inside.view()
    version ||= structureOf(document.body)
    return {
      ...{ id, url, path, title, startedAt, variant, version },
      visitorId: inside.visitor(),
      sessionId: inside.session(),
      // Neither changes when a visitor zooms in with two fingers.
      width: Math.max(innerWidth, document.documentElement.clientWidth),
      height: Math.max(innerHeight, document.documentElement.clientHeight),
      pageHeight: pageHeight(),
      webdriver: navigator.webdriver,
    }
  }
  const send = async (leaving?: boolean) => {
    if (isOver) return
    const taken = clicks.take()
    const reading = { ...attention.read(), modules: exposure.read() }
    const now = JSON.stringify(reading)
    if (!taken[0] && now === told) return
    told = now
    try {
      const view = viewOf()
      const body = { view, leaving, clicks: taken, reading: { seq: seq++, ...reading } }
      const answer = (await inside.post('/v1/heatmap', body, leaving)) as
        | { more: boolean; snapshot: boolean }
        | undefined
      if (!answer || view.id !== inside.view().id) return
      isOver = !answer.more
      if (!answer.snapshot) return
      inside.wanted = viewOf
      if (inside.shoot) inside.shoot()
      else inside.load('snapshot')
    } catch {
      clicks.putBack(taken)
    }
  }

  let timer: ReturnType<typeof setTimeout>
  const arm = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (!document.hidden) void send()
      arm(everyMs)
    }, ms)
  }
  let isResting = true
  new MutationObserver(() => {
    if (!isResting) return
    isResting = false
    setTimeout(() => {
      isResting = true
      exposure.watch(find())
    }, restMs)
  }).observe(document, { subtree: true, childList: true })

  inside.on('view', () => {
    version = told = ''
    seq = 0
    isOver = false
    clicks.begin()
    attention.begin()
    exposure.begin(find())
    arm(firstMs)
  })
  inside.on('leave', () => {
    clicks.leave()
    void send(true)
    if (document.hidden) exposure.hide()
  })
  addEventListener('visibilitychange', () => document.hidden || exposure.show())
}
