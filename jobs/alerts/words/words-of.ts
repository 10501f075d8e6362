import { en } from './en.ts'
import type { Language, Words } from './words.ts'
import { zh } from './zh.ts'

const tables: Record<Language, Words> = { zh, en }

/** The texts of messages in a contact point's language. */
export const wordsOf = (language: Language): Words => tables[language]
