/** The values that a slice has had lately, to choose from; empty until they come, and when they do not. */
export function sliceValues(store: () => string, dimension: () => string) {
  let values = $state.raw<{ value: string; label: string }[]>([])
  $effect(() => {
    const name = dimension()
    values = []
    if (!name) return
    const gone = new AbortController()
    fetch(`/stores/${store()}/slice-values?dimension=${encodeURIComponent(name)}`, { signal: gone.signal })
      .then(async (answer) => {
        if (answer.ok) values = await answer.json()
      })
      .catch(() => {})
    return () => gone.abort()
  })
  return {
    get all() {
      return values
    },
  }
}
