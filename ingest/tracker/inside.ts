import type { Guanlan } from './api.ts'

/** The files that the core loads when they are wanted. */
export type SecondFile = 'vitals' | 'heatmap' | 'snapshot'

/** A page view. Its id is the message id of its `page_view`. */
export interface View {
  id: string
  url: string
  path: string
  title: string
  /** Milliseconds since 1970, by the browser's clock. */
  startedAt: number
  /** Of an experiment: `page({ variant })`, else `data-variant` of `<html>`, else ''. */
  variant: string
}

/** What the second files stand on, `window.guanlan._`: private between files of one version. */
export interface TrackerInside {
  key: string
  /** Where to send, without a slash at its end. */
  host: string
  /** The page view that is on: changes with each navigation in a single-page shop. */
  view(): View
  /** '' when cookieless: ingest makes the id. */
  visitor(): string
  /** '' when cookieless. */
  session(): string
  /** Whether consent is given, where it is required, and neither DNT nor GPC is set. */
  allowed(): boolean
  /** 'view': a new one is on, and at once for the one that is. 'leave': before the page is hidden or the view ends; may come more than once a view. */
  on(what: 'view' | 'leave', hear: () => void): void
  /**
   * Sends a body with writeKey and sentAt: by beacon when leaving, else by fetch, kept alive below 64 KiB.
   * @returns the body of the answer; undefined of a beacon, and when nothing may be sent (any more)
   * @throws when it was not taken
   */
  post(path: string, body: object, leaving?: boolean): Promise<unknown>
  track(name: string, properties?: object): void
  /** Counts a message that will never come: the status of the answer, or a word for why. Ingest is told with what it takes next. */
  lose(reason: string): void
  /** Loads another file of the same version, once. */
  load(file: SecondFile): void
  /** As `/g/config` answered; it is there before the heatmap is loaded. */
  config: TrackerConfig
  /** Of the heatmap: the view that a copy of the page is wanted of, as ingest is told of it. */
  wanted?(): object
  /** Of the snapshot: makes and sends the copy that is wanted. */
  shoot?(): void
}

/** What a store wants of its tracker. */
export interface TrackerConfig {
  /** The share of visitors whose clicks are kept, 0…1. */
  heatmap_rate: number
  snapshots: boolean
  /** Selectors of what is masked in a snapshot, and of what is left out of it. */
  mask: string[]
  block: string[]
  /** Selector of modules besides `data-module`; '' for none. */
  module_selector: string
}

declare global {
  interface Window {
    guanlan?: Partial<Guanlan> & {
      /** Calls as `['track', 'name', {…}]`; before the tracker is there they wait. */
      q?: { push(call: [keyof Guanlan, ...unknown[]]): unknown }
      _?: TrackerInside
    }
  }
}
