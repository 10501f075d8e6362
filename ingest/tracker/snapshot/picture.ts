/** Enough to know a picture by; no text on it can be read: a small one loses as much. */
const longest = 96
const finest = 1 / 4
const canvas = document.createElement('canvas')

/** A coarse copy; '' of a picture of another origin that allows none. */
function coarse(image: HTMLImageElement): string {
  const { naturalWidth, naturalHeight } = image
  const scale = Math.min(finest, longest / Math.max(naturalWidth, naturalHeight))
  canvas.width = Math.max(1, naturalWidth * scale)
  canvas.height = Math.max(1, naturalHeight * scale)
  try {
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return canvas.toDataURL('image/webp', 0.6)
  } catch {
    return ''
  }
}

/** A picture as it is to stand in the copy: coarse, or grey where it is private, but as large as it is, since the page is laid out by that. */
export function pictureOf(image: HTMLImageElement, isPrivate: boolean): string {
  const { naturalWidth: width, naturalHeight: height } = image
  if (!width || !height) return ''
  const copy = isPrivate ? '' : coarse(image)
  const inner = copy
    ? `<image href="${copy}" width="${width}" height="${height}" preserveAspectRatio="none"/>`
    : `<rect width="${width}" height="${height}" fill="#8883"/>`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inner}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
