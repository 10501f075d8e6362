import { dateFormat, type Language } from '#lib/format/intl.ts'

/**
 * Before the page comes to life. The first calendar that a browser makes takes as long as half a page: it is made in
 * a task of its own, as the page is afterwards.
 */
export async function init(): Promise<void> {
  const task = () => new Promise<void>((done) => setTimeout(done))
  await task()
  const language: Language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en'
  dateFormat(language, { timeZone: 'UTC', month: 'short', day: 'numeric' }).format(0)
  await task()
}
