import { type Category, categoryNames } from '../shop/categories.ts'

const signs: Record<Category, string> = {
  tea: '茶',
  teaware: '壶',
  kitchen: '锅',
  bedding: '眠',
  scent: '香',
  stationery: '笔',
  care: '净',
  storage: '箱',
  loungewear: '衣',
  snacks: '食',
}

/** A hue of the shop's own for each category, another shade for each product. */
const hueOf = (category: Category) => (categoryNames.indexOf(category) * 360) / categoryNames.length + 20

/** A picture of a product, or of a category, as SVG: there are no photographs of goods that chance made. */
export function pictureOf(
  category: Category,
  number = 0,
  [width, height]: readonly [number, number] = [480, 480],
): string {
  const hue = hueOf(category) + number * 3
  const [x, y] = [30 + ((number * 37) % 40), 28 + ((number * 53) % 30)]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 100 ${(100 * height) / width}" preserveAspectRatio="xMidYMid slice"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="hsl(${hue} 42% 90%)"/><stop offset="1" stop-color="hsl(${hue + 24} 46% 74%)"/></linearGradient></defs><rect width="100" height="100" fill="url(#g)"/><circle cx="${x}" cy="${y}" r="26" fill="hsl(${hue + 12} 55% 84%)"/><text x="50" y="${(50 * height) / width + 11}" font-size="30" text-anchor="middle" font-family="'Songti SC','Noto Serif CJK SC',serif" fill="hsl(${hue} 40% 30%)">${signs[category]}</text></svg>`
}
