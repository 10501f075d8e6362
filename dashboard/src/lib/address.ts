/** The address of a link that changes some parameters of this one; null takes one away. */
export function addressWith(url: { pathname: string; search: string }, changes: Record<string, string | null>): string {
  const params = new URLSearchParams(url.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) params.delete(name)
    else params.set(name, value)
  }
  // A colon may stand in an address as it is: `period=campaign:double-11`.
  const query = params.toString().replaceAll('%3A', ':')
  return query ? `${url.pathname}?${query}` : url.pathname
}

/** Whether an address leads back into this product and nowhere else. */
export const isOwnPath = (path: string | null): path is string =>
  // Browsers leave out tabs and line ends, which makes two slashes of `/\t/`; and no header carries what is not ASCII.
  path !== null && /^\/(?![/\\])[!-~]*$/.test(path)
