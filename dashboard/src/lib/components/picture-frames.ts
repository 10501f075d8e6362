/** The page in a frame of the same origin, as it is scrolled now, drawn anew: what copies a page's elements does not see how far a frame is scrolled. */
async function pictureOf(iframe: HTMLIFrameElement): Promise<HTMLCanvasElement | undefined> {
  const page = iframe.contentDocument
  if (!page?.documentElement) return undefined
  const { clientWidth: width, clientHeight: height } = iframe
  const copy = page.documentElement.cloneNode(true) as HTMLElement
  copy.style.setProperty('margin-block-start', `${-(page.scrollingElement?.scrollTop ?? 0)}px`)
  copy.style.setProperty('display', 'block')
  const letters = page.defaultView?.getComputedStyle(page.documentElement).fontSize ?? '16px'
  const html = new XMLSerializer().serializeToString(copy)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" style="font-size:${letters}"><foreignObject width="100%" height="100%">${html}</foreignObject></svg>`
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * 2
  canvas.height = height * 2
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** Puts a picture in place of every frame in an element. @returns puts the frames back */
export async function pictureFrames(element: HTMLElement): Promise<() => void> {
  const replaced: (() => void)[] = []
  for (const iframe of element.querySelectorAll('iframe')) {
    const canvas = await pictureOf(iframe).catch(() => undefined)
    if (!canvas) continue
    canvas.className = iframe.className
    canvas.style.cssText = iframe.style.cssText
    canvas.style.setProperty('position', 'absolute')
    canvas.style.setProperty('transform-origin', '0 0')
    const shown = iframe.dataset.picture
    // Left where it is: a frame that is taken out of its page loses what it shows.
    iframe.dataset.picture = 'without'
    iframe.before(canvas)
    replaced.push(() => {
      canvas.remove()
      if (shown === undefined) delete iframe.dataset.picture
      else iframe.dataset.picture = shown
    })
  }
  return () => {
    for (const restore of replaced) restore()
  }
}
