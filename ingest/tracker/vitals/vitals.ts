import { onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals'

const inside = window.guanlan?._
const slowMs = 3000

if (inside) {
  let values: Record<string, number> = {}
  const take = ({ name, value }: { name: string; value: number }) => {
    values[name.toLowerCase()] = name === 'CLS' ? Math.round(value * 1e4) / 1e4 : Math.round(value)
  }
  // Told at each change: what they say when the page is hidden would come after the last message has gone.
  for (const on of [onCLS, onINP, onLCP]) on(take, { reportAllChanges: true })
  onFCP(take)
  onTTFB(take)
  inside.on('leave', () => {
    // Without it the view is one within the page, or it was left before anything was seen.
    if (values.lcp === undefined) return
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
    const load = Math.round(navigation?.loadEventEnd ?? 0)
    inside.track('web_vitals', {
      ...values,
      load,
      view_id: inside.view().id,
      slow: Math.max(load, values.lcp) > slowMs,
    })
    values = {}
  })
}
