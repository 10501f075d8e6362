/** A language that the interface is told in. */
export type Language = 'zh' | 'en'

const tags = { zh: 'zh-CN', en: 'en', digits: 'sv-SE' } as const

/** Keeps what is made for a language and options: a formatter costs a hundred times what it takes to use one. */
function kept<Options, Format>(make: (tag: string, options: Options) => Format) {
  const made = new Map<string, Format>()
  return (language: keyof typeof tags, options: Options): Format => {
    const key = language + JSON.stringify(options)
    const format = made.get(key) ?? make(tags[language], options)
    made.set(key, format)
    return format
  }
}

/** Of the language `digits` are days and clocks as ISO 8601 has them. */
export const dateFormat = kept((tag, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, options))
export const numberFormat = kept((tag, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(tag, options))
export const agoFormat = kept(
  (tag, options: Intl.RelativeTimeFormatOptions) => new Intl.RelativeTimeFormat(tag, options),
)
