import { type Category, categories } from '../shop/categories.ts'
import { products } from '../shop/products.ts'
import { yuan } from '../shop/yuan.ts'
import { h, type Tag } from './markup.ts'
import { card, cards, chosenFor, dialog, imageOf, type Page, productOf } from './parts.ts'

const slides = [
  ['tea', '春茶上新 · 明前龙井'],
  ['bedding', '好眠季 · 满 399 减 60'],
  ['scent', '一室清香 · 会员专享'],
] as const

const slide = ([category, title]: (typeof slides)[number], index: number) =>
  h(
    'a',
    { class: 'slide', href: `/category/${category}`, 'data-slot': index + 1 },
    h('img', { src: `/picture/${category}.svg`, alt: '', width: 1360, height: 440 }),
    h('strong', {}, title),
  )

const hero = h(
  'section',
  { class: 'hero', 'data-module': 'hero' },
  h('div', { class: 'track', id: 'track' }, ...slides.map(slide)),
  h(
    'div',
    { class: 'dots' },
    ...slides.map(([, title], index) =>
      h('button', {
        type: 'button',
        'data-does': 'slide',
        'data-of': 'track',
        'data-to': index,
        'aria-label': title,
        'aria-current': index === 0,
      }),
    ),
  ),
)

/** Everybody presses it, and nobody buys for it: what the module table is to find. */
const draw = h(
  'section',
  { class: 'draw', 'data-module': 'lucky-draw' },
  h('strong', {}, '每日抽奖'),
  h('span', { id: 'prize' }, '今天还有 1 次机会'),
  h('button', { id: 'draw', type: 'button', 'data-does': 'draw' }, '立即抽奖'),
)

const words = ['茶叶很香，包装用心，已经回购三次。', '四件套比想象中软，洗了不起球。', '客服回得快，换货没费劲。']

function home(): Page {
  return {
    title: '观澜生活馆',
    type: 'home',
    content: [
      hero,
      draw,
      cards('flash-sale', '限时秒杀', chosenFor(4, 2)),
      cards('new-arrivals', '本周上新', chosenFor(8, 10)),
      h(
        'section',
        { class: 'story', 'data-module': 'brand-story' },
        h(
          'div',
          {},
          h('h2', {}, '慢下来，把日子过细'),
          h('p', { class: 'soft' }, '从一片叶子到一张床单，我们只做自己也用的东西。'),
        ),
        h('img', { src: '/picture/teaware.svg', alt: '', width: 960, height: 480, loading: 'lazy' }),
      ),
      cards('for-you', '猜你喜欢', chosenFor(12, 20)),
      h(
        'section',
        { 'data-module': 'reviews' },
        h('h2', {}, '大家在说'),
        h('ul', { class: 'words' }, ...words.map((word) => h('li', {}, word))),
      ),
    ],
    dialogs: [dialog('coupon', '新人券 ¥20', '满 99 元可用，七天内有效。')],
  }
}

const coupon = h(
  'button',
  { class: 'buy', id: 'coupon-button', type: 'button', 'data-does': 'open', 'data-of': 'coupon' },
  '领券',
)

function category(name: Category): Page {
  const { label } = categories[name]
  const own = products.filter((product) => product.category === name)
  const filter = (text: string) => h('button', { type: 'button', 'data-does': 'filter', 'aria-pressed': 'false' }, text)
  return {
    title: label,
    type: 'category',
    content: [
      h(
        'section',
        { 'data-module': 'filters' },
        h('h2', {}, label),
        h('div', { class: 'choices' }, ...['销量', '新品', '百元以内', '有货'].map(filter)),
      ),
      h('section', { 'data-module': 'grid' }, h('ul', { class: 'cards many' }, ...own.map(card))),
    ],
  }
}

function productPage(sku: string): Page | undefined {
  const product = productOf(sku)
  if (!product) return undefined
  const choice = (text: string, index: number) =>
    h('button', { type: 'button', 'data-does': 'choose', 'aria-pressed': String(index === 0) }, text)
  const buy = h(
    'div',
    { class: 'box', 'data-module': 'buy-box' },
    h('h2', { id: 'name' }, product.name),
    h('p', { class: 'price' }, `¥${yuan(product.price)}`),
    h('div', { class: 'choices' }, ...['标准装', '礼盒装', '两件装'].map(choice)),
    h('a', { href: '#guide', id: 'guide-link', 'data-does': 'open', 'data-of': 'guide' }, '怎么选'),
    h('p', {}, h('button', { id: 'add', type: 'button', 'data-does': 'add' }, '加入购物车')),
  )
  const others = products.filter((other) => other.category === product.category && other.sku !== sku).slice(0, 4)
  return {
    title: product.name,
    type: 'product',
    product,
    content: [
      h(
        'div',
        { class: 'two module' },
        h('div', { 'data-module': 'gallery', id: 'gallery' }, imageOf(product, false)),
        buy,
      ),
      h(
        'section',
        { class: 'box', 'data-module': 'details' },
        h('h2', {}, '商品详情'),
        h('p', {}, `${product.brand} 出品，${product.label}。下单后 48 小时内发货，七天无理由退货。`),
      ),
      cards('also-bought', '看了又看', others),
    ],
    dialogs: [
      dialog(
        'added',
        '已加入购物车',
        '再逛逛，或者去结算。',
        h('p', {}, h('a', { href: '/cart', id: 'go-cart' }, '去结算')),
      ),
      dialog('guide', '怎么选', '送人选礼盒装，自己用选两件装更划算。'),
    ],
  }
}

function cart(): Page {
  const line = (sku: string) => {
    const product = productOf(sku)
    return h(
      'li',
      {},
      imageOf(product as never),
      h('span', {}, product?.name ?? ''),
      h('button', { class: 'second', type: 'button', 'data-does': 'filter' }, '删除'),
    )
  }
  return {
    title: '购物车',
    type: 'cart',
    content: [
      h(
        'section',
        { 'data-module': 'lines' },
        h('h2', {}, '购物车'),
        h('ul', { class: 'lines' }, line('tea-001'), line('teaware-002')),
      ),
      h(
        'section',
        { class: 'box', 'data-module': 'summary' },
        h('p', {}, '满 99 元包邮'),
        h('a', { href: '/checkout', id: 'checkout' }, h('button', { type: 'button' }, '去结算')),
      ),
      cards('also-bought', '顺手带走', chosenFor(4, 30)),
    ],
  }
}

function checkout(): Page {
  const field = (id: string, label: string): Tag => h('label', {}, label, h('input', { id, autocomplete: 'off' }))
  return {
    title: '确认订单',
    type: 'checkout',
    content: [
      h(
        'section',
        { class: 'box', 'data-module': 'address' },
        h('h2', {}, '收货人'),
        h('div', { class: 'form' }, field('receiver', '姓名'), field('phone', '手机'), field('address', '地址')),
      ),
      h(
        'section',
        { class: 'box', 'data-module': 'payment' },
        h('h2', {}, '支付方式'),
        h(
          'div',
          { class: 'choices' },
          ...['微信支付', '支付宝', '云闪付'].map((name, index) =>
            h('button', { type: 'button', 'data-does': 'choose', 'aria-pressed': String(index === 0) }, name),
          ),
        ),
      ),
      h(
        'section',
        { class: 'box', 'data-module': 'submit' },
        h('button', { id: 'order', type: 'button', 'data-does': 'order' }, '提交订单'),
      ),
    ],
  }
}

const plain = (title: string, type: string): Page => ({
  title,
  type,
  content: [h('section', { class: 'box' }, h('h2', {}, title), h('p', {}, h('a', { href: '/' }, '回到首页')))],
})

/** The page of a path; undefined where there is none. */
export function pageOf(path: string): Page | undefined {
  const [, first = '', second = ''] = path.split('/')
  if (path === '/') {
    const page = home()
    return { ...page, content: [...page.content, coupon] }
  }
  if ((first === 'category' || first === 'topic') && Object.hasOwn(categories, second))
    return category(second as Category)
  if (first === 'product') return productPage(second)
  if (path === '/cart') return cart()
  if (path === '/checkout') return checkout()
  if (path === '/checkout/done') return plain('支付成功', 'confirmation')
  return ['about', 'shipping', 'returns', 'service'].includes(first) ? plain('观澜生活馆', 'other') : undefined
}
