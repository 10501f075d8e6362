/** The attributes of the script tag, `data-` left out: `off` turns a thing off. */
export type Attributes = Readonly<Partial<Record<string, string>>>

/** A page has one tracker: they are put in when it begins. */
export const options: Attributes = {}

export const isCookieless = (): boolean => options.cookieless != null
