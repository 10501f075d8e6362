/** What one short message of Chinese text holds. */
const most = 70

/** As many of the parts, from the first on, as fit in 70 characters; the first is cut if it must be. */
export function smsText(parts: readonly (string | undefined)[]): string {
  const given = parts.filter((part): part is string => Boolean(part)).map((part) => part.replace(/\s+/g, ' '))
  let text = ''
  for (const part of given) {
    const longer = text === '' ? part : `${text} ${part}`
    if (longer.length > most) break
    text = longer
  }
  if (text !== '') return text
  // Not through the middle of a character of two units.
  return [...(given[0] ?? '')]
    .reduce((cut, sign) => (cut.length + sign.length < most ? cut + sign : cut), '')
    .concat('…')
}
