import { expect, test } from 'vitest'
import { originsOf } from './origins.ts'

test('origins are told as browsers send them, each once', () => {
  expect(
    originsOf('https://shop.example.com/\nshop.example.com，http://localhost:5173, HTTPS://M.Example.com').origins,
  ).toEqual(['https://shop.example.com', 'http://localhost:5173', 'https://m.example.com'])
  expect(originsOf('  ')).toEqual({ origins: [], wrong: [] })
})

test('an address with a path, of another protocol or with a star is no origin', () => {
  expect(originsOf('https://a.example/cart ftp://b.example http:// ok.example').wrong).toEqual([
    'https://a.example/cart',
    'ftp://b.example',
    'http://',
  ])
})
