import { expect, test } from 'vitest'
import { draftOf, duplicated, emptyCondition, emptyStep, moved, sameSteps, stepsOf } from './draft.ts'

test('what is not finished is not asked', () => {
  const [home] = draftOf([{ name: 'page_view', where: [{ field: 'path', operator: 'is', values: ['/'] }] }])
  if (!home) throw new Error('a step is missing')
  home.where.push(emptyCondition())
  expect(stepsOf([emptyStep(), home])).toEqual([
    { name: 'page_view', where: [{ field: 'path', operator: 'is', values: ['/'] }] },
  ])
})

test('a step moves to another place and no further than the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
  expect(moved(['a', 'b', 'c'], 2, 3)).toEqual(['a', 'b', 'c'])
})

test('a copy stands after its step and is one of its own', () => {
  const draft = draftOf([
    { name: 'a', where: [{ field: 'path', operator: 'is', values: ['/'] }] },
    { name: 'b', where: [] },
  ])
  const [first, copy, last] = duplicated(draft, 0)
  copy?.where[0]?.values.push('/x')
  expect([first?.name, copy?.name, last?.name]).toEqual(['a', 'a', 'b'])
  expect(first?.key).not.toBe(copy?.key)
  expect(stepsOf(draft)[0]?.where[0]?.values).toEqual(['/'])
  expect(sameSteps(stepsOf(draft), stepsOf(draftOf(stepsOf(draft))))).toBe(true)
  expect(sameSteps(stepsOf(draft), [])).toBe(false)
})
