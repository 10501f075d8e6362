import type { Random } from '../../chance/random.ts'
import { Weighted } from '../../chance/weighted.ts'
import { type Category, categories, categoryNames } from '../../shop/categories.ts'
import { products } from '../../shop/products.ts'
import type { Press } from './click.ts'
import type { PageType } from './layout.ts'

/** What comes after a page in its visit. */
export interface Next {
  /** Of the next page; undefined when there is none. */
  path: string | undefined
  /** Events on the page itself. */
  events: readonly string[]
}

/** Lists of the home page, how often each leads to a product, and how many cards it has. */
const lists = new Weighted<[module: string, cards: number]>([
  [['flash-sale', 4], 30],
  [['new-arrivals', 8], 30],
  [['for-you', 12], 40],
])
const slides: readonly Category[] = ['tea', 'bedding', 'scent']
const payments = ['微信支付', '支付宝', '云闪付']

const cardOf = (random: Random, module: string, slot: number, path: string): Press => ({
  ...{ module, slot, href: path },
  selector: `[data-module="${module}"]>ul>li:nth-of-type(${slot})>a>${random.chance(0.72) ? 'img' : 'b'}`,
  text: products.find(({ sku }) => path === `/product/${sku}`)?.name.slice(0, 25) ?? '',
})

/** Through the menu, which opens first. */
function toCategory(random: Random, category: Category): Press[] {
  const place = categoryNames.indexOf(category) + 1
  const slide = slides.indexOf(category)
  if (slide >= 0 && random.chance(0.55)) {
    const selector = `#track>a:nth-of-type(${slide + 1})>img`
    return [{ selector, module: 'hero', slot: slide + 1, href: `/category/${category}` }]
  }
  return [
    { selector: '#open-menu', module: 'header', text: '分类', fixed: true },
    {
      selector: `#menu>ul>li:nth-of-type(${place})>a`,
      ...{ module: 'header', slot: place, state: 'menu:#menu', fixed: true },
      ...{ text: categories[category].label, href: `/category/${category}` },
    },
  ]
}

function onHome(random: Random, { path }: Next): Press[] {
  const presses: Press[] = []
  const category = categoryNames.find((name) => path === `/category/${name}` || path === `/topic/${name}`)
  const isProduct = path?.startsWith('/product/')
  // Whoever presses something else afterwards, or leaves: nothing is ever bought for the draw.
  if ((path === undefined || category || isProduct) && random.chance(0.26)) {
    const press: Press = { selector: '#draw', module: 'lucky-draw', text: '立即抽奖' }
    // Once pressed it says so; pressing it again does nothing.
    const again: Press = { ...press, dead: true, rage: true }
    presses.push(press, ...(random.chance(0.3) ? [again, again] : []))
  }
  if (random.chance(0.06)) {
    presses.push(
      { selector: '#coupon-button', module: '', text: '领券', fixed: true },
      { selector: '#coupon>button', module: '', text: '知道了', state: 'dialog:#coupon', fixed: true },
    )
  }
  if (random.chance(0.04))
    presses.push({ selector: '[data-module="brand-story"]>img', module: 'brand-story', dead: true })
  if (category) presses.push(...toCategory(random, category))
  if (path && isProduct) {
    const [module, cards] = random.by(lists)
    presses.push(cardOf(random, module, random.whole(1, cards), path))
  }
  return presses
}

function onCategory(random: Random, { path }: Next): Press[] {
  const presses: Press[] = []
  if (random.chance(0.18)) {
    const place = random.whole(1, 4)
    const selector = `[data-module="filters"]>div>button:nth-of-type(${place})`
    presses.push({ selector, module: 'filters', text: ['销量', '新品', '百元以内', '有货'][place - 1] ?? '' })
  }
  const sku = path?.startsWith('/product/') ? path.slice(9) : undefined
  // A product of another category was looked for some other way.
  const place = Math.min(9, Number(sku?.slice(-3) ?? 0))
  if (path && place > 0) presses.push(cardOf(random, 'grid', place, path))
  return presses
}

function onProduct(random: Random, { path, events }: Next): Press[] {
  const presses: Press[] = []
  if (random.chance(0.14)) presses.push({ selector: '#gallery>img', module: 'gallery', dead: true })
  if (random.chance(0.22)) {
    const place = random.whole(1, 3)
    const selector = `[data-module="buy-box"]>div>button:nth-of-type(${place})`
    presses.push({ selector, module: 'buy-box', text: ['标准装', '礼盒装', '两件装'][place - 1] ?? '' })
  }
  if (random.chance(0.07)) {
    presses.push(
      { selector: '#guide-link', module: 'buy-box', text: '怎么选', href: '/#guide' },
      { selector: '#guide>button', module: '', text: '知道了', state: 'dialog:#guide', fixed: true },
    )
  }
  if (events.includes('add_to_cart')) {
    presses.push({ selector: '#add', module: 'buy-box', text: '加入购物车' })
    presses.push(
      path === '/checkout'
        ? { selector: '#go-cart', module: '', text: '去结算', href: '/cart', state: 'dialog:#added', fixed: true }
        : { selector: '#added>button', module: '', text: '知道了', state: 'dialog:#added', fixed: true },
    )
  } else if (path?.startsWith('/product/')) presses.push(cardOf(random, 'also-bought', random.whole(1, 4), path))
  return presses
}

function onCheckout(random: Random, { events }: Next): Press[] {
  const presses: Press[] = ['receiver', 'phone', 'address'].map((id) => ({ selector: `#${id}`, module: 'address' }))
  const place = random.whole(1, 3)
  const selector = `[data-module="payment"]>div>button:nth-of-type(${place})`
  presses.push({ selector, module: 'payment', text: payments[place - 1] ?? '' })
  const order: Press = { selector: '#order', module: 'submit', text: '提交订单' }
  for (const event of events) if (event === 'payment_failed') presses.push({ ...order, error: true })
  if (events.includes('add_payment_info')) presses.push(order)
  return presses
}

const intents: Record<PageType, (random: Random, next: Next) => Press[]> = {
  home: onHome,
  category: onCategory,
  product: onProduct,
  checkout: onCheckout,
}

/** What somebody presses on a page who then goes on as the visit tells. */
export const pressesOn = (type: PageType, random: Random, next: Next): Press[] => intents[type](random, next)
