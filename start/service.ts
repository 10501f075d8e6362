/** A process of ours that runs for as long as the product does. */
export interface Service {
  name: string
  command: readonly [string, ...string[]]
  env: Readonly<Record<string, string>>
  /** Written to its standard input at each start, which is then closed. */
  input?: string
  /** Whether it answers. Asked until it does. */
  ready: () => Promise<boolean>
  /** How long it may take to answer for the first time, in milliseconds. */
  readyWithin: number
  /** How long it may take to stop by itself after SIGTERM, in milliseconds. */
  stopWithin: number
  /** Whether it may end well, with code 0, when there is nothing left to do; it is not started again then. */
  mayEnd?: boolean
}

/** A process that must end well before the next stage starts. */
export interface Task {
  name: string
  command: readonly [string, ...string[]]
  env: Readonly<Record<string, string>>
  /** From the root of the repository. */
  folder?: string
  /** In milliseconds. */
  within: number
}

/** Why the product cannot start: one sentence for the person who started it, which says what to do. */
export class StartError extends Error {
  override name = 'StartError'
  readonly code = 'cannot_start'
}

/** Asks an address once; true when it answers with a 2xx. */
export const answers = (url: string) => async () => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
