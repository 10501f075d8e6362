/** Keeps a choice of the reader for a year, where the server sees it with the next page: no flash of another theme. */
export function keepChoice(name: 'guanlan_theme' | 'guanlan_store', value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is missing on plain http addresses, as in a shop's own network
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`
}
