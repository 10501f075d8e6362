/** Any Segment SDK speaks to Guanlan once its host is changed. */
export const segmentSnippet = (
  ingest: string,
  key: string,
): string => `import { AnalyticsBrowser } from '@segment/analytics-next'

const analytics = AnalyticsBrowser.load(
  { writeKey: '${key}' },
  { integrations: { 'Segment.io': { apiHost: '${ingest.replace(/^https?:\/\//, '')}/v1', protocol: '${ingest.split(':')[0]}' } } },
)
analytics.page()`

/** One event from a terminal. */
export const curlSnippet = (ingest: string, key: string): string => `curl ${ingest}/v1/page \\
  -u '${key}:' -H 'content-type: application/json' \\
  -d '{"anonymousId":"me","properties":{"path":"/","url":"https://shop.example/"}}'`
