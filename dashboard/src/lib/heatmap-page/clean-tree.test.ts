import { expect, test } from 'vitest'
import { cleanCss, cleanTree } from './clean-tree.ts'
import type { TreeNode } from './tree.ts'

const element = (tagName: string, attributes: TreeNode['attributes'] = {}, childNodes: TreeNode[] = []): TreeNode => ({ type: 2, id: 1, tagName, attributes, childNodes }) // biome-ignore format: one line

test('what runs or loads is not rebuilt', () => {
  const body = element('body', { onload: 'x()', class: 'a' }, [
    element('SCRIPT'),
    element('link', { rel: 'stylesheet', href: 'https://a.example/a.css' }),
    element('link', { _cssText: 'p { color: red }', href: 'https://a.example/b.css' }),
    element('iframe', { src: 'https://a.example/' }),
    element('a', { href: '/p/1' }),
  ])
  const { attributes, childNodes } = cleanTree(body)
  expect(attributes).toEqual({ class: 'a' })
  expect(childNodes?.map(({ tagName, attributes: own }) => [tagName, own])).toEqual([
    ['link', { _cssText: 'p { color: red }' }],
    ['iframe', {}],
    ['a', { href: '/p/1' }],
  ])
})

test('a picture that is not in the copy keeps its room', () => {
  const [one, other] = cleanTree(
    element('div', {}, [
      element('img', { src: 'https://a.example/a.jpg', width: '300', height: '200', srcset: 'b.jpg 2x' }),
      element('img', { src: 'data:image/png;base64,AA' }),
    ]),
  ).childNodes as [TreeNode, TreeNode]
  expect(Object.keys(one.attributes ?? {})).toEqual(['src', 'width', 'height'])
  expect(decodeURIComponent(String(one.attributes?.src))).toContain('width="300" height="200"')
  expect(other.attributes).toEqual({ src: 'data:image/png;base64,AA' })
})

test('a style sheet loads nothing', () => {
  expect(cleanCss('@import "a.css"; a { background: url(https://a.example/b.png) no-repeat }')).toBe(
    ' a { background: none no-repeat }',
  )
  expect(cleanCss("a { src: url('data:font/woff2;base64,AA'); fill: url(#b) }")).toBe(
    "a { src: url('data:font/woff2;base64,AA'); fill: url(#b) }",
  )
})
