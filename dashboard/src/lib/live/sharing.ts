import type { LiveState } from '#lib/server/live/load-live.ts'

/**
 * A state with the panels that came later put in. Every panel that says the same as before stays the very same object, so
 * that nothing is drawn anew. Panels of another view are not mixed in.
 */
export function sharing(before: LiveState | undefined, next: LiveState): LiveState {
  if (!before || before.key !== next.key) return next
  const known: Record<string, unknown> = before.panels
  const panels = Object.entries(next.panels).map(([name, panel]) => [
    name,
    JSON.stringify(known[name]) === JSON.stringify(panel) ? known[name] : panel,
  ])
  return { ...next, panels: { ...before.panels, ...Object.fromEntries(panels) } }
}
