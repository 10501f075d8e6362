import { ofEvents, orders } from '@guanlan/warehouse/queries/funnel/contract'
import { expect, test } from 'vitest'
import { eventFields } from './fields.ts'
import { addressOfFunnel, type FunnelQuestion, funnelView, sameQuestion, stepOrders } from './funnel-view.ts'
import { readyMade } from './ready-made.ts'
import type { Step } from './step-text.ts'

const read = (search: string) => funnelView(new URLSearchParams(search))
const steps: Step[] = [
  { name: 'page_view', where: [{ field: 'page_type', operator: 'is', values: ['home', 'index'] }] },
  {
    name: '浏览 商品',
    where: [
      { field: 'properties.list.name', operator: 'is_not', values: [''] },
      { field: 'path', operator: 'matches', values: ['^/a*b~c**', '/tea?x=1&y=2'] },
    ],
  },
]

test('an address tells a funnel that people can read', () => {
  const question: FunnelQuestion = { steps, window_seconds: 604_800, order: 'unordered', breakdown: 'channel' }
  const here = { pathname: '/stores/main/funnel', search: '?period=today&step=old&device=phone' }
  const address = addressOfFunnel(here, question, 'f1')
  expect(address).toMatch(/^\/stores\/main\/funnel\?period=today&device=phone&step=page_view\*\*page_type\*is\*home\*index&step=/)
  expect(address).toMatch(/&window=7d&order=unordered&by=channel&funnel=f1$/)
  expect(read(address.slice(address.indexOf('?')))).toEqual({ ...question, saved: 'f1', unread: [] })
}) // biome-ignore format: an address a line

test('what is as it is anyway is left out of the address', () => {
  const question: FunnelQuestion = { steps: [...readyMade.core_path], window_seconds: 86_400, order: 'ordered', breakdown: null } // biome-ignore format: one line
  expect(addressOfFunnel({ pathname: '/f', search: '' }, question, null)).toBe(
    '/f?step=page_view**page_type*is*home*index&step=page_view**page_type*is*category*list*collection&step=page_view**page_type*is*product*item&step=purchase',
  )
  expect(addressOfFunnel({ pathname: '/f', search: '' }, { ...question, steps: [] }, null)).toBe('/f?step=')
})

test('an address without steps is the way from the product to the order; an empty step is a funnel yet to be built', () => {
  expect(read('').steps.map(({ name }) => name)).toEqual([
    'view_item',
    'add_to_cart',
    'begin_checkout',
    'add_payment_info',
    'purchase',
  ])
  expect(read('step=')).toMatchObject({ steps: [], unread: [] })
})

test('what an address says wrongly is left out and told', () => {
  expect(read('step=view_item&step=a*b&step=purchase')).toMatchObject({
    steps: [
      { name: 'view_item', where: [] },
      { name: 'purchase', where: [] },
    ],
    unread: ['step'],
  })
  expect(read('step=*&window=2y&order=sideways&by=province')).toEqual({
    steps: readyMade.buying,
    window_seconds: 86_400,
    order: 'ordered',
    breakdown: null,
    saved: null,
    unread: ['step', 'window', 'order', 'by'],
  })
  const many = read(Array.from({ length: 12 }, () => 'step=x').join('&'))
  expect([many.steps.length, many.unread]).toEqual([10, ['step']])
})

test.each([
  'step=~',
  'step=a~',
  'step=**',
  'step=a**',
  'step=a**path',
  'step=a**path*is',
  'step=a**path*is*',
  'step=a**path*like*x',
  'step=a**properties.*is*x',
  'step=a**province*is*x',
  'step=%F0%9F%92%A9~%',
  `step=${'x'.repeat(121)}`,
  `step=${'*'.repeat(5000)}`,
  `step=a**path*is*${'~'.repeat(4001)}`,
])('%.40s is no step, and breaks nothing', (search) => {
  expect(read(search)).toMatchObject({ steps: readyMade.buying, unread: ['step'] })
})

test('fields and orders are those of the read API', () => {
  expect(eventFields.toSorted()).toEqual(ofEvents.toSorted())
  expect(stepOrders).toEqual(orders)
})

test('two funnels are the same when they ask the same', () => {
  const { saved, unread, ...question } = read('step=view_item&step=purchase')
  expect(sameQuestion(question, { ...question })).toBe(true)
  expect(sameQuestion(question, { ...question, window_seconds: 60 })).toBe(false)
})
