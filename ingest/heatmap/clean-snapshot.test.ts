import { expect, test } from 'vitest'
import { cleanSnapshot, SnapshotTooLarge } from './clean-snapshot.ts'
import { Starred } from './starred.ts'

const personal = new Starred('')
const element = (tagName: string, attributes: object = {}, childNodes: object[] = []) => ({ type: 2, tagName, attributes, childNodes }) // biome-ignore format: one node
const text = (textContent: string) => ({ type: 3, textContent })
const clean = async (node: object, beside: object = {}) => await cleanSnapshot({ ...beside, node }, personal)

test('what a person wrote or is called by is stars, and of the same length', async () => {
  const page = element('body', {}, [
    element('p', {}, [text('Write to ann@shop.example or 13812345678.')]),
    element('input', { type: 'text', value: 'Ann Lee', placeholder: 'Name' }),
    element('input', { type: 'submit', value: '加入购物车' }),
    element('textarea', {}, [text('my own words')]),
    element('a', {
      href: '/me?email=ann%40shop.example&tab=2',
      'data-email': 'ann@shop.example',
      title: 'ann@shop.example',
    }),
  ])
  expect(await clean(page)).toEqual({
    node: element('body', {}, [
      element('p', {}, [text('Write to **************** or ***********.')]),
      element('input', { type: 'text', value: '*** ***', placeholder: 'Name' }),
      element('input', { type: 'submit', value: '加入购物车' }),
      element('textarea', {}, [text('** *** *****')]),
      element('a', { href: '/me?tab=2', 'data-email': '****************', title: '****************' }),
    ]),
  })
})

test('nothing that runs or loads a document is left', async () => {
  const page = element('html', {}, [
    element('head', {}, [
      element('script', {}, [text('steal()')]),
      element('meta', { 'http-equiv': 'refresh', content: '0;url=https://x' }),
      element('meta', { charset: 'utf-8' }),
      element('base', { href: 'https://x' }),
    ]),
    element('body', { onload: 'steal()' }, [
      element('a', { href: ' javascript:steal()', class: 'buy' }),
      element('iframe', { srcdoc: '<script>', src: '/map' }),
      element('noscript', {}, [text('x')]),
    ]),
  ])
  expect(await clean(page)).toEqual({
    node: element('html', {}, [
      element('head', {}, [element('meta', { charset: 'utf-8' })]),
      element('body', {}, [element('a', { class: 'buy' }), element('iframe', { src: '/map' })]),
    ]),
  })
})

test('pictures, icons and style sheets stay as they are', async () => {
  const dataUrl = `data:image/png;base64,${'A'.repeat(5000)}`
  const page = element('div', { style: 'background: url(/hero@2x.png)', rr_width: '20px', rr_scrollTop: 120 }, [
    element('img', { src: dataUrl }),
    element('img', { src: '/logo@2x.png', srcset: '/logo@2x.png 2x, /logo@3x.png 3x' }),
    element('use', { 'xlink:href': '#cart' }),
    element('style', {}, [text('@media (width < 600px) { a { width: 1380000000px } }')]),
    element('link', { rel: 'stylesheet', href: '/a.css?v=3', _cssText: '.a::after { content: "x" }' }),
  ])
  const before = structuredClone(page)
  expect(await clean(page)).toEqual({ node: before })
})

test('what stands beside the tree is masked as well', async () => {
  expect(
    await clean(text('a'), { height: 900, styles: ['.a {}', '.b::after { content: "ann@shop.example" }'] }),
  ).toEqual({
    node: text('a'),
    height: 900,
    styles: ['.a {}', '.b::after { content: "****************" }'],
  })
})

test('a tree that is too deep is refused, however it was made', async () => {
  let node: object = text('end')
  for (let depth = 0; depth < 1001; depth++) node = element('div', {}, [node])
  await expect(clean(node)).rejects.toThrow(SnapshotTooLarge)
})
