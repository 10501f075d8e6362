import { expect, test } from 'vitest'
import { blurAfter, sceneAfter, wallViewOf } from './wall-view.ts'

const view = (search: string) => wallViewOf(new URLSearchParams(search))

test('a wall is what its bookmark says', () => {
  expect(view('wall=1&scene=orders&every=60&paused=1&blur=money')).toEqual({
    on: true,
    scene: 'orders',
    every: 60,
    paused: true,
    blur: 'money',
  })
  expect(view('wall=yes&scene=party&every=1&blur=some')).toEqual({
    on: false,
    scene: 'numbers',
    every: 20,
    paused: false,
    blur: 'none',
  })
})

test('scenes go round both ways', () => {
  expect([sceneAfter('numbers', 1), sceneAfter('orders', 1), sceneAfter('numbers', -1)]).toEqual([
    'chart',
    'numbers',
    'orders',
  ])
})

test('the key blurs money, then everything, then nothing', () => {
  expect([blurAfter('none'), blurAfter('money'), blurAfter('all')]).toEqual(['money', 'all', 'none'])
})
