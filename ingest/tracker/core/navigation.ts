import { view } from './view.ts'

/** Without a fragment that is no route. */
const addressOf = (url: string) => url.replace(/#(?!!?\/).*/, '')

/** Hears navigation within the page. */
export function hearNavigation(next: () => void): void {
  // The shop sets its title after it has pushed the address.
  const look = () => setTimeout(() => addressOf(view.url) === addressOf(location.href) || next())
  for (const name of ['pushState', 'replaceState'] as const) {
    const own = history[name]
    history[name] = (...rest) => {
      own.apply(history, rest)
      look()
    }
  }
  addEventListener('popstate', look)
}
