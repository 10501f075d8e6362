import { expect, test } from 'vitest'
import { Agenda } from './agenda.ts'
import { Random } from './chance/random.ts'

test('what is due comes out by its time, and what is not stays', () => {
  const random = new Random(1)
  const agenda = new Agenda<number>()
  const times = Array.from({ length: 500 }, () => random.whole(0, 999))
  for (const at of times) agenda.add(at, at)
  const due: number[] = []
  for (let next = agenda.due(700); next !== undefined; next = agenda.due(700)) due.push(next)
  expect(due).toEqual(times.filter((at) => at <= 700).sort((one, other) => one - other))
  expect(agenda.size).toBe(500 - due.length)
})

test('an empty one has nothing that is due', () => {
  expect(new Agenda<string>().due(1)).toBeUndefined()
})
