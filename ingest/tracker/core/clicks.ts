import { snake } from './snake.ts'

/** Hears clicks on elements that ask for an event, and on links that lead away: to another host, or into an app. */
export function hearClicks(track: (name: string, properties: object) => void, outbound: boolean): void {
  const hear = (event: MouseEvent) => {
    // Whatever else lies on the path, the document too, has none of what is looked for.
    const path = event.composedPath() as HTMLAnchorElement[]
    const asks = path.find(({ dataset }) => dataset?.event)
    if (asks) {
      const properties: Record<string, unknown> = {}
      for (const key in asks.dataset) {
        const name = snake(key)
        if (/^event_/.test(name)) properties[name.slice(6)] = asks.dataset[key]
      }
      track(asks.dataset.event as string, properties)
    }
    const link = path.find(({ hostname }) => hostname)
    if (outbound && link && link.hostname !== location.hostname) {
      track('click', { link_url: link.href, link_domain: link.hostname, outbound: true })
    }
  }
  addEventListener('click', hear, true)
  // With the middle button: in a new tab.
  addEventListener('auxclick', (event) => event.button === 1 && hear(event), true)
}
