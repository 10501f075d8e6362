import { expect, test } from 'vitest'
import { funnelView } from '#lib/funnel/funnel-view.ts'
import { clickedFunnel } from './clicked-funnel.ts'

const stepsOf = (address: string) => {
  const url = new URL(address, 'http://shop')
  return { pathname: url.pathname, period: url.searchParams.get('period'), steps: funnelView(url.searchParams).steps }
}

test('a click on an element is the first step of a funnel in the same period', () => {
  const element = { selector: '[data-module="new"]>ul>li:nth-of-type(2)>a', state: '' }
  const address = clickedFunnel('main', '?period=last_7_days&mode=dead&path=/', { path: '/' }, element)
  expect(stepsOf(address)).toEqual({
    pathname: '/stores/main/funnel',
    period: 'last_7_days',
    steps: [
      {
        name: '$click',
        where: [
          { field: 'path', operator: 'is', values: ['/'] },
          { field: 'properties.selector', operator: 'is', values: [element.selector] },
        ],
      },
      { name: 'add_to_cart', where: [] },
      { name: 'purchase', where: [] },
    ],
  })
})

test('a group is a pattern of paths, and a state is asked for too', () => {
  const { steps } = stepsOf(clickedFunnel('main', '', { group: '/c.d/*/x/**' }, { selector: '#a', state: 'dialog:#b' }))
  expect(steps[0]?.where).toEqual([
    { field: 'path', operator: 'matches', values: ['^/c\\.d/[^/]+/x/.+/?$'] },
    { field: 'properties.selector', operator: 'is', values: ['#a'] },
    { field: 'properties.state', operator: 'is', values: ['dialog:#b'] },
  ])
})
