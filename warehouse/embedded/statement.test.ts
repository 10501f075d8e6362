import { expect, test } from 'vitest'
import { parseStatement } from './statement.ts'

const parse = (sql: string, complete = true) => parseStatement(sql, complete)

test('a SELECT is cut before its FORMAT clause, and its settings stay behind it', () => {
  expect(parse('SELECT format FROM t FORMAT JSON SETTINGS max_threads = 1;')).toEqual({
    kind: 'select',
    head: 'SELECT format FROM t ',
    format: 'JSON',
    tail: ' SETTINGS max_threads = 1',
  })
  expect(parse("(SELECT ';') -- ; FORMAT CSV")).toMatchObject({ kind: 'select', format: undefined })
  expect(parse('WITH 1 AS x SELECT x')).toMatchObject({ kind: 'select' })
  expect(parse('WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x')).toMatchObject({ kind: 'write' })
})

test('an INSERT is cut before its settings and its rows', () => {
  const sql = "INSERT INTO db.`values` (a, b) SETTINGS async_insert = 0 FORMAT CSV\n1,'x'\n"
  expect(parse(sql)).toEqual({
    kind: 'insert',
    head: 'INSERT INTO db.`values` (a, b) ',
    tail: 'SETTINGS async_insert = 0 FORMAT CSV',
    format: 'CSV',
    dataAt: sql.indexOf('1,'),
  })
})

test('the rows behind VALUES may hold anything', () => {
  const sql = "INSERT INTO t VALUES (1, 'a;b'); SELECT"
  expect(parse(sql)).toMatchObject({ kind: 'insert', format: 'Values', dataAt: sql.indexOf(' (1') })
})

test('binary rows begin right behind one line end', () => {
  expect(parse('INSERT INTO t FORMAT RowBinary\n\n\u0001')).toMatchObject({ dataAt: 31 })
  expect(parse('INSERT INTO t FORMAT RowBinary \r\n\u0001')).toMatchObject({ dataAt: 33 })
})

test('a table named by a parameter, a function or a word of the language is a table', () => {
  expect(parse('INSERT INTO {t:Identifier} FORMAT CSV\n')).toMatchObject({ head: 'INSERT INTO {t:Identifier} ' })
  expect(parse("INSERT INTO FUNCTION file('x') (a) FORMAT CSV\n")).toMatchObject({
    head: "INSERT INTO FUNCTION file('x') (a) ",
  })
  expect(parse('INSERT INTO format VALUES (1)')).toMatchObject({ head: 'INSERT INTO format ' })
})

test('INSERT … SELECT carries no rows unless it reads input()', () => {
  expect(parse('INSERT INTO t SELECT 1')).toMatchObject({ kind: 'write' })
  expect(parse("INSERT INTO t SELECT a + 1 FROM input('a UInt8') FORMAT CSV\n1\n")).toMatchObject({
    kind: 'insert-input',
    head: 'INSERT INTO t SELECT a + 1 FROM ',
    structure: "'a UInt8'",
    format: 'CSV',
  })
})

test('an unfinished beginning is not decided', () => {
  expect(parse('INSERT INTO t FORMAT Row', false)).toBeUndefined()
  expect(parse('INSERT INTO t (a, b', false)).toBeUndefined()
  expect(parse('INSERT INTO t FORMAT RowBinary', false)).toBeUndefined()
})

test('a second statement is refused where it begins', () => {
  expect(() => parse('SELECT 1; SELECT 2')).toThrow(
    'Syntax error (Multi-statements are not allowed): failed at position 9 (end of query): ; SELECT 2. ',
  )
  expect(parse("SELECT $$;$$, 1 /* ; */, `a;b`, 'it''s;', '\\';' ; -- end")).toMatchObject({ kind: 'select' })
})

test('files of the server are not to be named by a request', () => {
  expect(() => parse("SELECT 1 INTO OUTFILE '/tmp/x'")).toThrow('INTO OUTFILE is not allowed')
  expect(() => parse("INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV")).toThrow('Query has infile')
})

test('what reads is told from what writes', () => {
  const kinds = [
    'SHOW TABLES',
    'DESCRIBE t',
    'EXPLAIN SELECT 1',
    'EXISTS t',
    'DROP TABLE t',
    'SYSTEM FLUSH LOGS',
    'SET a = 1',
  ]
  expect(kinds.map((sql) => parse(sql)?.kind)).toEqual(['read', 'read', 'read', 'read', 'write', 'write', 'write'])
})
