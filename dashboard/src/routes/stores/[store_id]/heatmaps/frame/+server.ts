const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "frame-ancestors 'self'",
  'sandbox allow-same-origin',
].join('; ')

/**
 * An empty document, into which a page builds the copy of a shop's page: nothing in it runs, and nothing of it reaches the network,
 * whatever the copy holds. `?quirks` has no doctype, for a page that had none.
 */
export const GET = ({ url }) =>
  new Response(
    `${url.searchParams.has('quirks') ? '' : '<!doctype html>'}<html><head><title>·</title></head><body></body></html>`,
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': policy,
        'x-frame-options': 'SAMEORIGIN',
      },
    },
  )
