/** An address of mail; a telephone, an identity card, a bank card, an order's number: six digits or more, however they are set apart. */
const personal = /[^\s@]+@[^\s@]+\.[^\s@]+|\+?\d(?:[\s().-]?\d){5,}[xX]?/g

/** A text with stars for what looks personal. Ingest looks again, with more knowledge. */
export const mask = (text: string): string => text.replace(personal, (found) => '*'.repeat(found.length))
