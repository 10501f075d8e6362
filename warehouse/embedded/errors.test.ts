import { expect, test } from 'vitest'
import { DatabaseError, errorText, fromEngine, httpStatus } from './errors.ts'

test('an error of the engine keeps code, name and text', () => {
  const error = fromEngine(new Error('Code: 60. DB::Exception: Table default.nope does not exist. (UNKNOWN_TABLE)'))
  expect({ code: error.code, type: error.type, message: error.message }).toEqual({
    code: 60,
    type: 'UNKNOWN_TABLE',
    message: 'Table default.nope does not exist.',
  })
  expect(errorText(error, '26.7.2.1')).toBe(
    'Code: 60. DB::Exception: Table default.nope does not exist. (UNKNOWN_TABLE) (version 26.7.2.1 (official build))\n',
  )
  expect(httpStatus(error)).toBe(404)
})

test('an error wrapped in itself is told once', () => {
  const inner = 'Code: 73. DB::Exception: Unknown format nope. (UNKNOWN_FORMAT) (version 26.7.2.1).'
  const error = fromEngine(
    new Error(
      `Code: 73. DB::Exception: Code: 73. DB::Exception: ${inner} (UNKNOWN_FORMAT) (version 26.7.2.1). (UNKNOWN_FORMAT)`,
    ),
  )
  expect(error.message).toBe('Unknown format nope')
})

test('what was added to the statement is not in the text', () => {
  const text = "Code: 62. DB::Exception: Syntax error: FORM t /* mark */ FROM INFILE '/data/rows-1'. (SYNTAX_ERROR)"
  expect(fromEngine(new Error(text), [" /* mark */ FROM INFILE '/data/rows-1'"]).message).toBe('Syntax error: FORM t.')
})

test('an error of another kind is a server error', () => {
  const error = fromEngine(new TypeError('x is not a function'))
  expect(httpStatus(error)).toBe(500)
  expect(error.code).toBe(1002)
})

test('statuses are those of ClickHouse', () => {
  const status = (type: string) => httpStatus(new DatabaseError(type, ''))
  expect(
    ['SYNTAX_ERROR', 'REQUIRED_PASSWORD', 'AUTHENTICATION_FAILED', 'TIMEOUT_EXCEEDED', 'READONLY'].map(status),
  ).toEqual([400, 401, 403, 408, 500])
})
