import { Random } from '../chance/random.ts'
import { streams } from '../chance/streams.ts'
import type { Visit } from '../life/life.ts'
import { tastesOf, traitsOf } from '../life/shopper.ts'
import { type Category, categories } from '../shop/categories.ts'
import { lookedAt, type Product } from '../shop/products.ts'
import type { Shop } from '../shop/shop.ts'
import { yuan } from '../shop/yuan.ts'
import type { Event } from './event.ts'
import { landingOf } from './landing.ts'
import { customerIdOf, type Order, onSecondDevice, visitorIdOf } from './order.ts'

export const shopUrl = 'https://www.guanlan-life.example'

export const pathOf = ({ sku }: Product) => `/product/${sku}`

const searches: Record<Category, readonly string[]> = {
  tea: ['龙井', '白茶', '送礼茶叶'],
  teaware: ['盖碗', '旅行茶具'],
  kitchen: ['不粘锅', '保鲜盒', '空气炸锅'],
  bedding: ['四件套', '乳胶枕'],
  scent: ['香薰', '蜡烛'],
  stationery: ['手账', '钢笔'],
  care: ['洗面奶', '洗脸巾', '洗衣凝珠'],
  storage: ['收纳箱', '压缩袋'],
  loungewear: ['睡衣', '拖鞋'],
  snacks: ['坚果', '挂耳咖啡', '茶酥'],
}

/** How long a page holds somebody, in milliseconds on average. */
const dwell = 24_000

/** Writes down the events of one visit. */
class Browsing {
  readonly events: Event[] = []
  at: number
  readonly #visit: Visit
  readonly #random: Random
  readonly #who: Record<string, string>
  readonly #userAgent: string
  readonly #landing: { query: string; referrer: string | undefined }
  #url = ''
  #page: { page_type: string } = { page_type: 'home' }

  constructor(shop: Shop, visit: Visit) {
    const { shopper, number, source } = visit
    const random = new Random(shop.seed, streams.visit, shopper.born, shopper.index, number)
    const isKnown = visit.ordersBefore > 0 && random.chance(0.78)
    const [first, second] = traitsOf(shop, shopper).userAgents
    this.at = visit.at
    this.#visit = visit
    this.#random = random
    this.#userAgent = onSecondDevice(shop, visit) ? second : first
    this.#who = { anonymousId: visitorIdOf(shop, visit), ...(isKnown && { userId: customerIdOf(visit) }) }
    this.#landing = landingOf(random, shop, source, visit.at)
  }

  get random(): Random {
    return this.#random
  }

  /** The customer's id is on everything from now on. */
  signIn(): void {
    this.#who.userId = customerIdOf(this.#visit)
  }

  page(path: string, page_type: string, title: string): void {
    const isLanding = this.events.length === 0
    const { query, referrer } = this.#landing
    this.#url = `${shopUrl}${path}`
    this.#page = { page_type }
    const url = isLanding ? `${this.#url}${query}` : this.#url
    const page = { url, title, ...(isLanding && referrer && { referrer }) }
    this.#write({ type: 'page' }, page, this.#page)
  }

  track(event: string, properties: Record<string, unknown>, at?: number): void {
    if (at === undefined) this.at += this.#random.between(150, 900)
    else this.at = at
    this.#write({ type: 'track', event }, { url: this.#url }, { ...this.#page, ...properties })
  }

  stay(mean = dwell): void {
    this.at += 1_500 + Math.min(this.#random.exponential(mean), 8 * mean)
  }

  #write(head: Record<string, string>, page: Record<string, unknown>, properties: Record<string, unknown>): void {
    const { shopper, number } = this.#visit
    const at = Math.floor(this.at)
    const message = {
      ...head,
      messageId: `e${shopper.code}-${number}-${this.events.length}`,
      ...this.#who,
      timestamp: at,
      context: { userAgent: this.#userAgent, page },
      properties,
    }
    this.events.push({ at, message })
  }
}

const facts = ({ sku, label, price }: Product) => ({ product_id: sku, category: label, value: yuan(price) })

function openCategory(browsing: Browsing, category: Category): void {
  const { label } = categories[category]
  browsing.page(`/category/${category}`, 'category', label)
  browsing.track('view_item_list', { item_list_name: label, category: label })
}

function search(browsing: Browsing, category: Category): void {
  const term = browsing.random.of(searches[category])
  browsing.page(`/search?q=${encodeURIComponent(term)}`, 'search', `搜索 ${term}`)
  browsing.track('search', { search_term: term })
  browsing.track('view_item_list', { item_list_name: '搜索结果' })
}

function openProduct(browsing: Browsing, product: Product): void {
  browsing.page(pathOf(product), 'product', product.name)
  browsing.track('view_item', facts(product))
}

/** The way in: ads and live rooms lead to a product, search to a category, people who know the shop come by its home page. */
function land(browsing: Browsing, { source, category, outcome }: Visit): void {
  const { random } = browsing
  const share = random.next()
  const isDeep = source.cost !== undefined || source.utm !== undefined
  // A glance at one page and nothing else.
  if (outcome === 'glance') {
    const path = isDeep ? `/topic/${category}` : share < 0.7 ? '/' : `/category/${category}`
    const type = isDeep ? 'topic' : path === '/' ? 'home' : 'category'
    browsing.page(path, type, type === 'home' ? '观澜生活馆' : categories[category].label)
    return
  }
  if (share < (isDeep ? 0.62 : 0.2)) return
  if (share < 0.9) browsing.page('/', 'home', '观澜生活馆')
  else browsing.page(`/topic/${category}`, 'topic', categories[category].label)
  browsing.stay()
}

/** Looks around: lists, searches, products, until it has seen so many. */
function lookAround(browsing: Browsing, { category, source }: Visit, products: readonly Product[]): void {
  const { random } = browsing
  for (const [index, product] of products.entries()) {
    // Whoever landed on a product sees it before any list.
    const first = index === 0 && browsing.events.length === 0
    if (!first && random.chance(index === 0 ? 0.66 : 0.24)) {
      if (random.chance(0.2)) search(browsing, category)
      else openCategory(browsing, index === 0 ? category : random.by(tastesOf(source)))
      browsing.stay(15_000)
    }
    openProduct(browsing, product)
    browsing.stay()
  }
}

/** What a visit without an order looks at. */
function chosen(random: Random, { category, outcome, source }: Visit): Product[] {
  const most = outcome === 'browse' ? 2 : 3
  const count = 1 + Math.min(Math.floor(random.exponential(0.66)), most)
  return Array.from({ length: count }, (_, index) =>
    random.by(lookedAt[index > 0 && random.chance(0.3) ? random.by(tastesOf(source)) : category]),
  )
}

/** The events of a visit, in order of time. @param order the order that it ends in, if it does */
export function browsingOf(shop: Shop, visit: Visit, order: Order | undefined): Event[] {
  const browsing = new Browsing(shop, visit)
  land(browsing, visit)
  if (visit.outcome === 'glance') return browsing.events
  const { random } = browsing
  const basket = order?.lines.map(({ product, quantity }) => ({ product, quantity }))
  const products = basket?.map(({ product }) => product) ?? chosen(random, visit)
  lookAround(browsing, visit, products)
  if (visit.outcome === 'browse') return browsing.events
  const last = products.at(-1) as Product
  for (const { product, quantity } of basket ?? [{ product: last, quantity: 1 }]) {
    browsing.track('add_to_cart', { ...facts(product), quantity, value: yuan(product.price * quantity) })
  }
  if (visit.outcome === 'cart') return browsing.events
  browsing.stay(12_000)
  if (order) pay(browsing, order)
  else {
    browsing.page('/checkout', 'checkout', '确认订单')
    browsing.track('begin_checkout', facts(last))
    if (random.chance(0.35)) {
      browsing.stay(20_000)
      browsing.track('add_payment_info', { value: yuan(last.price) })
    }
  }
  return browsing.events
}

/** From the checkout on, at the moments that the order tells. */
function pay(browsing: Browsing, order: Order): void {
  const { placedAt, paidAt, failures, gross, discount, shipping, coupon, method, type } = order
  inTime(browsing, placedAt - 45_000)
  const value = yuan(gross)
  const first = order.lines[0]?.product
  browsing.signIn()
  browsing.at = placedAt - browsing.random.between(24_000, 44_000)
  browsing.page('/checkout', 'checkout', '确认订单')
  browsing.track('begin_checkout', { product_id: first?.sku, category: first?.label, value })
  const reached = paidAt !== undefined || failures.length > 0
  if (reached) browsing.track('add_payment_info', { value, payment_type: method }, placedAt - 2_000)
  for (const { at, reason } of failures) {
    browsing.track('payment_failed', { order_id: order.order_id, value, payment_type: method, reason }, at)
  }
  if (paidAt === undefined || order.ledgerOnly) return
  // Of a presale the browser sees the deposit.
  const at = type === 'presale' ? (failures.at(-1)?.at ?? placedAt) + 9_000 : paidAt
  const purchase = {
    order_id: order.order_id,
    value,
    currency: 'CNY',
    discount: yuan(discount),
    shipping: yuan(shipping),
    total: yuan(gross - discount + shipping),
    ...(coupon && { coupon }),
    payment_type: method,
    products: order.lines.map(({ product, quantity, discount }) => ({
      product_id: product.sku,
      name: product.name,
      category: product.label,
      price: yuan(Math.round(product.price - discount / quantity)),
      quantity,
    })),
  }
  browsing.at = at - 300
  browsing.page('/checkout/done', 'confirmation', '支付成功')
  browsing.track('purchase', purchase, at)
}

/** What came before is squeezed together where it would reach past the checkout. */
function inTime(browsing: Browsing, latest: number): void {
  const first = browsing.events[0]?.at ?? latest
  if (browsing.at <= latest) return
  const factor = (latest - first) / (browsing.at - first)
  for (const [index, { at, message }] of browsing.events.entries()) {
    const moved = Math.floor(first + (at - first) * factor)
    browsing.events[index] = { at: moved, message: { ...message, timestamp: moved } }
  }
}
