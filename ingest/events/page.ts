import type { Origin } from '@guanlan/warehouse/channels'
import type { Message } from './message.ts'
import type { Personal } from './personal.ts'

export interface Page {
  url: string
  path: string
  title: string
  referrer: string
  page_type: string
  campaign: string
  origin: Origin
}

const asText = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

const parse = (address: string): URL | undefined => (address === '' ? undefined : (URL.parse(address) ?? undefined))

const nothing: Readonly<Record<string, unknown>> = {}

const isPage = ({ type, event }: Message) => type === 'page' || type === 'screen' || event === 'page_view'

/** Where an event happened and what its address, its referrer and its campaign say of where the visitor came from. */
export function readPage(sent: Message, personal: Personal): Page {
  // Elsewhere `url` and `title` are the product's, not the page's.
  const properties = isPage(sent) ? (sent.properties ?? nothing) : nothing
  const page = sent.context?.page
  const campaign = sent.context?.campaign
  const address = page?.url || asText(properties.url)
  const referrerAddress = page?.referrer || asText(properties.referrer)
  const url = parse(address)
  const referrer = parse(referrerAddress)
  const query = url?.search ? url.searchParams : undefined
  const short = (text: string) => personal.text(text.slice(0, 200))
  const campaignName = short(asText(campaign?.name) || (query?.get('utm_campaign') ?? ''))
  const title = page?.title || asText(properties.title) || (sent.type === 'page' ? (sent.name ?? '') : '')
  return {
    url: personal.url(address),
    path: personal.url(page?.path || asText(properties.path) || (url?.pathname ?? '')).slice(0, 1024),
    title: personal.text(title).slice(0, 500),
    referrer: personal.url(referrerAddress),
    page_type: short(
      asText(sent.properties?.page_type) || page?.page_type || (sent.type === 'page' ? (sent.category ?? '') : ''),
    ),
    campaign: campaignName,
    origin:
      query || campaign || referrer
        ? {
            utm_source: short(asText(campaign?.source) || (query?.get('utm_source') ?? '')),
            utm_medium: short(asText(campaign?.medium) || (query?.get('utm_medium') ?? '')),
            utm_campaign: campaignName || undefined,
            parameters: query?.keys(),
            referrer_host: referrer?.hostname,
            own_host: url?.hostname,
          }
        : nothing,
  }
}
