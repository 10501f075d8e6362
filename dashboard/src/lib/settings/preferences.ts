import { keepChoice } from '#lib/keep-choice.ts'
import { m } from '#lib/paraglide/messages.js'
import { locales, setLocale } from '#lib/paraglide/runtime.js'
import { themeOf } from '#lib/theme.ts'

/** The languages of the interface, each in its own words. */
export const languages = [
  { value: 'zh', label: '简体中文' },
  { value: 'en', label: 'English' },
]

/** Keeps a language in this browser, and shows the page in it. */
export function chooseLanguage(value: string): void {
  const locale = locales.find((each) => each === value)
  if (locale) void setLocale(locale)
}

export const themes = [
  { value: 'system', label: m.theme_system },
  { value: 'light', label: m.theme_light },
  { value: 'dark', label: m.theme_dark },
]

/** Keeps a theme in this browser, and shows the page in it. */
export function chooseTheme(value: string): void {
  const theme = themeOf(value)
  document.documentElement.dataset.theme = theme
  keepChoice('guanlan_theme', theme)
}
