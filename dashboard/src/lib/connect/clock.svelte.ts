/** The server's clock, going on while the page is open: what is told as “3 minutes ago” must not stand still. */
export function clock(given: () => string) {
  let elapsed = $state(0)
  $effect(() => {
    given()
    const began = performance.now()
    elapsed = 0
    const timer = setInterval(() => {
      elapsed = performance.now() - began
    }, 5000)
    return () => clearInterval(timer)
  })
  return {
    /** In milliseconds since 1970. */
    get now() {
      return Date.parse(given()) + elapsed
    },
  }
}
