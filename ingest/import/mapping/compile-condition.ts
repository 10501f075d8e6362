import { converter, plainNumbers } from './convert.ts'
import type { Condition } from './expression.ts'
import { compare, type Made, text } from './made.ts'
import type { Compile, Place, Scope } from './place.ts'

export type Test = (scope: Scope) => boolean

/** Makes a test of a condition; the keys of one condition must all hold. */
export function compileCondition(condition: Condition, place: Place, compileValue: Compile): Test {
  const at = (key: string, index?: number) => ({
    ...place,
    path: index === undefined ? [...place.path, key] : [...place.path, key, index],
  })
  if (condition.all) {
    const tests = condition.all.map((one, index) => compileCondition(one, at('all', index), compileValue))
    return (scope) => tests.every((test) => test(scope))
  }
  if (condition.any) {
    const tests = condition.any.map((one, index) => compileCondition(one, at('any', index), compileValue))
    return (scope) => tests.some((test) => test(scope))
  }
  if (condition.not) {
    const test = compileCondition(condition.not, at('not'), compileValue)
    return (scope) => !test(scope)
  }
  return compileTests(condition, place, compileValue)
}

function compileTests(condition: Condition, place: Place, compileValue: Compile): Test {
  const { gt, gte, lt, lte, equals, not_equals, in: among, not_in, starts_with, ends_with, contains, empty } = condition
  const operands = [gt, gte, lt, lte, equals, not_equals, ...(among ?? []), ...(not_in ?? [])]
  const type = condition.as ?? (operands.some((operand) => typeof operand === 'number') ? 'number' : 'text')
  const subject = compileValue(condition.value ?? { column: condition.column ?? '' }, type, place)
  const convert = converter(type, { ...place.formats, dates: ['iso', ...place.formats.dates], number: plainNumbers })
  const operand = (given: string | number | boolean): Made => convert(String(given))
  const tests: ((made: Made) => boolean)[] = []
  const same = (given: string | number | boolean) => {
    const other = operand(given)
    return (made: Made) => (made === undefined ? other === undefined : compare(made, other) === 0)
  }
  const order = (given: string | number | undefined, holds: (sign: number) => boolean) => {
    if (given === undefined) return
    const other = operand(given)
    tests.push((made) => made !== undefined && holds(compare(made, other)))
  }
  order(gt, (sign) => sign > 0)
  order(gte, (sign) => sign >= 0)
  order(lt, (sign) => sign < 0)
  order(lte, (sign) => sign <= 0)
  if (equals !== undefined) tests.push(same(equals))
  if (not_equals !== undefined) {
    const is = same(not_equals)
    tests.push((made) => !is(made))
  }
  if (among) {
    const each = among.map(same)
    tests.push((made) => each.some((is) => is(made)))
  }
  if (not_in) {
    const each = not_in.map(same)
    tests.push((made) => !each.some((is) => is(made)))
  }
  if (starts_with !== undefined) tests.push((made) => text(made).startsWith(starts_with))
  if (ends_with !== undefined) tests.push((made) => text(made).endsWith(ends_with))
  if (contains !== undefined) tests.push((made) => text(made).includes(contains))
  if (empty !== undefined) tests.push((made) => (made === undefined) === empty)
  if (condition.matches !== undefined) {
    const pattern = new RegExp(condition.matches, 'u')
    tests.push((made) => pattern.test(text(made)))
  }
  return (scope) => {
    const made = subject(scope)
    return tests.every((test) => test(made))
  }
}
