import { type Category, categories, categoryNames } from '../shop/categories.ts'
import { type Product, products } from '../shop/products.ts'
import { yuan } from '../shop/yuan.ts'
import { h, type Tag } from './markup.ts'

export const productOf = (sku: string): Product | undefined => products.find((product) => product.sku === sku)

/** The products of a list: the best known of each category in turn, from a place on. */
export function chosenFor(count: number, from = 0): Product[] {
  const found: Product[] = []
  for (let place = from; found.length < count; place++) {
    const category = categoryNames[place % categoryNames.length] as Category
    const own = products.filter((product) => product.category === category)
    found.push(own[Math.floor(place / categoryNames.length) % own.length] as Product)
  }
  return found
}

export const imageOf = ({ sku, name }: Product, lazy = true): Tag =>
  h('img', { src: `/picture/${sku}.svg`, alt: name, width: 480, height: 480, loading: lazy && 'lazy' })

export const card = (product: Product): Tag =>
  h(
    'li',
    {},
    h(
      'a',
      { class: 'card', href: `/product/${product.sku}` },
      imageOf(product),
      h('b', {}, product.name),
      h('p', { class: 'price' }, `¥${yuan(product.price)}`),
    ),
  )

export const cards = (name: string, title: string, list: readonly Product[]): Tag =>
  h(
    'section',
    { 'data-module': name },
    h('h2', {}, title),
    h('ul', { class: `cards${list.length > 6 ? ' many' : ''}` }, ...list.map(card)),
  )

const link = (href: string, text: string) => h('li', {}, h('a', { href }, text))

const header = h(
  'header',
  { 'data-module': 'header' },
  h(
    'div',
    { class: 'bar wide' },
    h('button', { id: 'open-menu', class: 'second', 'data-does': 'toggle', 'data-of': 'menu', type: 'button' }, '分类'),
    h('a', { class: 'logo', href: '/', id: 'logo' }, '观澜生活馆'),
    h('input', { id: 'search', type: 'search', placeholder: '搜索好物', 'aria-label': '搜索' }),
    h('a', { href: '/cart', id: 'to-cart' }, '购物车 ', h('span', { id: 'count' }, '0')),
  ),
  h(
    'nav',
    { class: 'menu', id: 'menu', role: 'menu', hidden: true },
    h('ul', {}, ...categoryNames.map((name) => link(`/category/${name}`, categories[name].label))),
  ),
)

const footer = h(
  'footer',
  { class: 'foot', 'data-module': 'footer' },
  h(
    'div',
    { class: 'wide' },
    h(
      'ul',
      {},
      link('/about', '关于观澜'),
      link('/shipping', '配送与运费'),
      link('/returns', '七天无理由退货'),
      link('/service', '联系客服'),
    ),
  ),
)

export interface Page {
  title: string
  type: string
  content: readonly Tag[]
  dialogs?: readonly Tag[]
  product?: Product
}

/** A dialog with a button that closes it. */
export const dialog = (id: string, title: string, text: string, more?: Tag): Tag =>
  h(
    'dialog',
    { id, 'aria-label': title },
    h('h2', {}, title),
    h('p', {}, text),
    more ?? false,
    h('button', { class: 'second', 'data-does': 'close', type: 'button' }, '知道了'),
  )

/** The body of a page. */
export const body = ({ type, content, dialogs = [], product }: Page): Tag =>
  h(
    'body',
    {
      'data-type': type,
      'data-sku': product?.sku,
      'data-category': product?.label,
      'data-price': product && yuan(product.price),
    },
    header,
    h('main', { class: 'wide' }, ...content),
    footer,
    ...dialogs,
  )
