import { untrack } from 'svelte'
import { inTurn } from './in-turn.ts'

let made = 0

/**
 * The newest settled value of a promise that changes: the one before stays on screen while the next is under way. Each
 * is taken in a task of its own, in the order in which a page asks for them, so that panels do not all draw at once.
 */
export function latest<T>(given: () => T | Promise<T>) {
  const rank = made++
  const first = given()
  let value = $state.raw<T | undefined>(first instanceof Promise ? undefined : first)
  let pending = $state(first instanceof Promise)

  $effect(() => {
    const asked = given()
    if (asked === untrack(() => value)) {
      pending = false
      return
    }
    // What is there already is not waited for: it is drawn a moment later.
    pending = asked instanceof Promise
    let outdated = false
    let takeBack = () => {}
    const take = (settled: T) => {
      takeBack = inTurn(() => {
        value = settled
        pending = false
      }, rank)
    }
    if (asked instanceof Promise) void asked.then((settled) => outdated || take(settled))
    else take(asked)
    return () => {
      outdated = true
      takeBack()
    }
  })

  return {
    get value() {
      return value
    },
    get pending() {
      return pending
    },
  }
}
