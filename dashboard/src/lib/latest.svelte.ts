/** The newest settled value of a promise that changes: the one before stays on screen while the next is under way. */
export function latest<T>(given: () => T | Promise<T>) {
  const first = given()
  let value = $state.raw<T | undefined>(first instanceof Promise ? undefined : first)
  let pending = $state(first instanceof Promise)

  $effect(() => {
    const asked = given()
    if (!(asked instanceof Promise)) {
      value = asked
      pending = false
      return
    }
    pending = true
    let outdated = false
    void asked.then((settled) => {
      if (outdated) return
      value = settled
      pending = false
    })
    return () => {
      outdated = true
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
