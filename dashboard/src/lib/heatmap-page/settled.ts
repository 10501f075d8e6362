/** Waits until the letters and pictures of a page have their sizes, for two seconds at most. */
export async function settled(document: Document): Promise<void> {
  const pictures = [...document.images].map((picture) => picture.decode().catch(() => {}))
  const all = Promise.all([document.fonts.ready, ...pictures])
  await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 2000))])
}
