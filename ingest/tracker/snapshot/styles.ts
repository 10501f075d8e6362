import { absolutifyURLs, stringifyRule } from 'rrweb-snapshot'

/** The rules of a style sheet as text, a pause between them where it is long. @returns undefined where the browser does not tell them */
export async function cssOf(sheet: CSSStyleSheet, pause: () => Promise<void> | undefined): Promise<string | undefined> {
  const href = sheet.href ?? document.baseURI
  try {
    let text = ''
    for (const rule of sheet.cssRules) {
      await pause()
      text += stringifyRule(rule, href)
    }
    return absolutifyURLs(text, href)
  } catch {
    // Of another origin: it may allow being read, though the tag did not ask for that.
    const answer = sheet.href ? await fetch(sheet.href).catch(() => undefined) : undefined
    return answer?.ok ? absolutifyURLs(await answer.text(), href) : undefined
  }
}
