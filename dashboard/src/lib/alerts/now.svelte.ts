/** The server's clock, going on in the browser: what is told of a minute ago must not stand still. To be called while a component is made. */
export function now(given: () => string) {
  let passed = $state(0)
  $effect(() => {
    void given()
    const began = performance.now()
    passed = 0
    const ticking = setInterval(() => {
      passed = performance.now() - began
    }, 10_000)
    return () => clearInterval(ticking)
  })
  return {
    /** Milliseconds since 1970. */
    get ms() {
      return Date.parse(given()) + passed
    },
  }
}
