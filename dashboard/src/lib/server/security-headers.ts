/** What every answer tells the browser; the content security policy of pages, with its nonce, is SvelteKit's. */
const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/** Adds the security headers; over https also HSTS. What is made for one asker is stored by nobody. */
export function secure(response: Response, url: URL): Response {
  for (const [name, value] of Object.entries(securityHeaders)) {
    // A document that is made to be framed says by whom; that it may is for its route to decide.
    if (name === 'x-frame-options' && response.headers.has(name)) continue
    response.headers.set(name, value)
  }
  if (url.protocol === 'https:') response.headers.set('strict-transport-security', 'max-age=31536000')
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store')
  if (!response.headers.has('content-security-policy')) {
    response.headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  }
  return response
}
