/** Origins as somebody types them, one a line or with commas between: as browsers send them, and what is none. */
export function originsOf(text: string): { origins: string[]; wrong: string[] } {
  const typed = text.split(/[\s,，;；]+/).filter(Boolean)
  const origins = typed.map(originOf)
  return {
    origins: [...new Set(origins.filter((one) => one !== undefined))],
    wrong: typed.filter((_, at) => origins[at] === undefined),
  }
}

/** `shop.example.com` → `https://shop.example.com`; undefined for what has a path, or is no address of the web. */
function originOf(text: string): string | undefined {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  return bare && /^https?:$/.test(url.protocol) ? url.origin : undefined
}
