import { expect, test } from 'vitest'
import { type Judged, judgeModules } from './module-flags.ts'

const module = (values: Partial<Judged>): Judged => ({
  ...{ seen_views: 1000, clicks: 100, last_click_orders: 10, last_click_gmv: 1000, top: 0.1 },
  ...values,
})
const flagsOf = (modules: Judged[], views = 2000) => judgeModules(modules, views).map(({ flag }) => flag)
const usual = [module({}), module({}), module({})]

test('modules that do alike are not flagged', () => {
  expect(judgeModules(usual, 2000)).toEqual(usual.map(() => ({ flag: null, at_stake: 0 })))
})

test('one that is clicked and sells nothing is flagged with what its clicks bring elsewhere', () => {
  // 300 clicks where 300 others brought 30 orders and 3000 yuan.
  const verdicts = judgeModules([...usual, module({ clicks: 300, last_click_orders: 0, last_click_gmv: 0 })], 2000)
  expect(verdicts[3]).toEqual({ flag: 'clicked_sells_nothing', at_stake: 3000 })
  expect(verdicts.slice(0, 3).map(({ flag }) => flag)).toEqual([null, null, null])
})

test('what it does sell is taken from what is at stake', () => {
  const [, , , verdict] = judgeModules([...usual, module({ clicks: 300, last_click_orders: 5, last_click_gmv: 400 })], 2000) // biome-ignore format: one line
  expect(verdict).toEqual({ flag: 'clicked_sells_nothing', at_stake: 2600 })
})

test('three clicks flag nothing, nor do sixty: they should have brought six orders, and none may be chance', () => {
  const few = (clicks: number) => module({ clicks, last_click_orders: 0, last_click_gmv: 0 })
  expect(flagsOf([...usual, few(3)])).toEqual([null, null, null, null])
  // e^-6 = 0.0025 is more than one in a thousand, e^-7 = 0.0009 is less.
  expect(flagsOf([...usual, few(60)])).toEqual([null, null, null, null])
  expect(flagsOf([...usual, few(70)])).toEqual([null, null, null, 'clicked_sells_nothing'])
})

test('a page that sells nothing at all flags none for it', () => {
  const idle = { last_click_orders: 0, last_click_gmv: 0 }
  expect(flagsOf([module(idle), module({ ...idle, clicks: 5000 })])).toEqual([null, null])
})

test('one that hardly anybody sees is flagged with what being seen brings elsewhere', () => {
  // A mean module is seen (3 × 1000 + 10) ÷ 4 = 752.5 times, at 3000 ÷ 3000 = 1 yuan each.
  const hidden = module({ seen_views: 10, clicks: 0, last_click_orders: 0, last_click_gmv: 0, top: 0.9 })
  expect(judgeModules([...usual, hidden], 2000)[3]).toEqual({ flag: 'never_seen', at_stake: 742.5 })
})

test('of a page that few have seen nothing is said to be unseen', () => {
  // 9 ÷ (n + 9) falls below one in twenty at 172 views.
  const unseen = module({ seen_views: 0, clicks: 0, last_click_orders: 0, last_click_gmv: 0 })
  expect(flagsOf([...usual, unseen], 170)[3]).toBeNull()
  expect(flagsOf([...usual, unseen], 172)[3]).toBe('never_seen')
})

test('one that sells well far down is flagged with what it would sell where others stand', () => {
  // 200 exposures bring 20 orders and 4000 yuan, 20 each; a mean module has (3000 + 200) ÷ 4 = 800.
  const low = module({ seen_views: 200, clicks: 40, last_click_orders: 20, last_click_gmv: 4000, top: 0.8 })
  expect(judgeModules([...usual, low], 2000)[3]).toEqual({ flag: 'sells_but_low', at_stake: 12_000 })
  expect(flagsOf([...usual, { ...low, top: 0.3 }])[3]).toBeNull()
  // More than three times as well as others, but seven orders where two were to be expected may be chance.
  expect(flagsOf([...usual, { ...low, last_click_orders: 7 }])[3]).toBeNull()
})

test('a page with one module, or none, has nothing to be judged against', () => {
  expect(judgeModules([module({ clicks: 10_000, last_click_orders: 0, last_click_gmv: 0 })], 2000)).toEqual([
    { flag: null, at_stake: 0 },
  ])
  expect(judgeModules([], 0)).toEqual([])
})
