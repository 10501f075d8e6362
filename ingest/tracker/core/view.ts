import type { View } from '../inside.ts'
import { uuid } from './uuid.ts'

type Hear = () => void
const hears: Record<'view' | 'leave', Hear[]> = { view: [], leave: [] }

export const on = (what: 'view' | 'leave', hear: Hear): void => {
  hears[what].push(hear)
  if (what === 'view') hear()
}

export const tell = (what: 'view' | 'leave'): void => {
  for (const hear of hears[what]) hear()
}

/** The page view that is on. */
export let view: View
/** What its events say of the page. */
export let page: Record<string, unknown>

/** A new one, for the address as it is now. */
export function renew({ variant, page_type }: Record<string, unknown> = {}): void {
  const { href: url, pathname, hash } = location
  const { title, referrer, documentElement } = document
  // Of `#/cart?step=1` the route: many single-page shops have their pages there.
  const path = /^#!?(\/[^?]*)/.exec(hash)?.[1] ?? pathname
  page = { url, path, title, referrer: page?.url ?? referrer, page_type }
  view = {
    id: uuid(),
    url,
    path,
    title,
    startedAt: Date.now(),
    variant: `${variant ?? documentElement.dataset.variant ?? ''}`,
  }
}
