const wide: Record<string, string> = { '<': '＜', '>': '＞', '[': '［', ']': '］', '`': '｀', '*': '＊', '@': '＠' }

/**
 * Text from outside for a markdown that knows no escapes: signs that make links, mentions or emphasis become their wide
 * forms. A campaign's name that a stranger typed into an address must not call everybody in the group.
 */
export const plain = (text: string): string => text.replace(/[<>[\]`*@]/g, (sign) => wide[sign] ?? sign)
