import { z } from 'zod'

/** A text of any length, of which the first characters are kept: what a page writes long loses nothing else. */
export const cutText = (most: number) =>
  z.string('must be a text').transform((value) => (value.length > most ? value.slice(0, most).toWellFormed() : value))

/** The same of a selector, or of a module's name, which may be one: cut at its top, where there is least to tell apart, between two steps. */
export const cutSelector = (most: number) =>
  z.string('must be a text').transform((value) => {
    if (value.length <= most) return value
    const [kind = ''] = /^(?:dialog|menu):/.exec(value) ?? []
    const end = value.slice(kind.length - most)
    return (kind + end.replace(/^[^>]*>(?!>)\s*/, '')).toWellFormed()
  })
