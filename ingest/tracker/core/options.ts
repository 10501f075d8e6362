/** The attributes of the script tag, `data-` left out: `off` turns a thing off. */
export type Attributes = Readonly<Partial<Record<string, string>>>

export let options: Attributes = {}

/** A page has one tracker. */
export const configure = (attributes: Attributes): void => {
  options = attributes
}

export const isCookieless = (): boolean => options.cookieless != null
