import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { mapping } from '../mapping/schema.ts'
import { openFile } from './open-file.ts'
import { readLines } from './read-lines.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guanlan-import-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Line number, cells and why it is bad, of a file with these bytes. */
async function read(bytes: Buffer | string, options: Record<string, unknown> = {}) {
  const path = join(folder, 'file.csv')
  await writeFile(path, bytes)
  const output = { to: 'products', from: 'rows', values: {} }
  const store = { time_zone: 'UTC', currency: 'CNY' }
  const spec = mapping.parse({ name: 'm', store, files: { rows: options }, outputs: [output] }).files.rows
  if (!spec) throw new Error('no spec')
  const file = await openFile(path, { name: 'rows', spec, used: new Map() })
  const lines: (string | number | undefined)[][] = []
  const { dialect, skip } = file
  const how = { shortLines: spec.short_lines, unreadable: spec.unreadable, onBytes: () => undefined }
  for await (const line of readLines(file, { dialect, skip, ...how })) {
    lines.push(line.failure === undefined ? [line.number, ...line.cells] : [line.number, ...line.cells, line.failure])
  }
  return { header: file.header, encoding: file.encoding, delimiter: file.delimiter, lines }
}

test('quotes, line ends inside them, empty lines and every kind of line end keep their line numbers', async () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['a,b,c', '1,"x, ""y""",3', '', '4,"two', 'lines",6', '7,8,9', ''].join(end)
    expect((await read(text)).lines).toEqual([
      [2, '1', 'x, "y"', '3'],
      [4, '4', 'two\nlines', '6'],
      [6, '7', '8', '9'],
    ])
  }
})

test('a line with too few or too many columns is bad, one with only empty ones too many is not', async () => {
  expect((await read('a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n')).lines).toEqual([
    [2, '1', '2', 'it has 2 columns, the heading has 3'],
    [3, '1', '2', '3', '4', 'it has 4 columns, the heading has 3'],
    [4, '1', '2', '3'],
  ])
  expect((await read('a,b,c\n1,2\n', { short_lines: 'fill' })).lines).toEqual([[2, '1', '2']])
})

test('a quote that never closes costs its own line and no other', async () => {
  expect((await read('a,b,c\n1,2,3\n4,"5,6\n7,8,9\n10,"ok",12\n13,14,15\n')).lines).toEqual([
    [2, '1', '2', '3'],
    [3, '4', '"5', '6'],
    [4, '7', '8', '9'],
    [5, '10', 'ok', '12'],
    [6, '13', '14', '15'],
  ])
  expect((await read('a,b,c\n"1,2,3\n4,5,6\n')).lines).toEqual([
    [2, '"1', '2', '3'],
    [3, '4', '5', '6'],
  ])
})

test('a quote that stays open for more than a megabyte costs its own line', async () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => `${index},some text that takes room,z`)
  const { lines } = await read(`a,b,c\n${rows.slice(0, 3).join('\n')}\nx,"open,z\n${rows.slice(3).join('\n')}\n`)
  expect(lines).toHaveLength(60_001)
  expect(lines[3]).toEqual([5, 'x', '"open', 'z'])
  expect(lines[4]).toEqual([6, '3', 'some text that takes room', 'z'])
  expect(lines.at(-1)).toEqual([60_002, '59999', 'some text that takes room', 'z'])
})

test('the delimiter is found in the heading, and the byte order mark is no part of it', async () => {
  expect(await read('\uFEFFa;b\n1,5;2\n')).toMatchObject({
    delimiter: ';',
    header: ['a', 'b'],
    lines: [[2, '1,5', '2']],
  })
  expect(await read('a\tb\n1\t2\n')).toMatchObject({ delimiter: '\t', lines: [[2, '1', '2']] })
  expect(await read('a|b\n1|2\n')).toMatchObject({ delimiter: '|', lines: [[2, '1', '2']] })
})

test('the encoding is found by mark or by content', async () => {
  const text = '订单编号,商品名称\n1234567890123,观澜 保温杯（蓝色）\n'
  const expected = [[2, '1234567890123', '观澜 保温杯（蓝色）']]
  for (const encoding of ['utf-8', 'gb18030', 'utf-16le', 'utf-16be']) {
    expect(await read(iconv.encode(text, encoding)), encoding).toMatchObject({ encoding, lines: expected })
    expect(await read(iconv.encode(text, encoding, { addBOM: true })), encoding).toMatchObject({
      encoding,
      lines: expected,
    })
  }
  const french = iconv.encode('nom,prix\nthé à la crème brûlée,5\ncafé très élégant,6\n', 'windows-1252')
  expect((await read(french)).lines[0]).toEqual([2, 'thé à la crème brûlée', '5'])
})

test('an encoding that is given is not doubted, and signs that it lacks make a line bad', async () => {
  const big5 = iconv.encode('名稱,價格\n觀瀾,5\n', 'big5')
  expect((await read(big5, { encoding: 'big5' })).lines).toEqual([[2, '觀瀾', '5']])
  const broken = Buffer.concat([Buffer.from('a,b\n1,2\n'), Buffer.from([0xd6, 0xd0]), Buffer.from(',3\n')])
  expect((await read(broken, { encoding: 'utf-8' })).lines[1]?.at(-1)).toMatch('not utf-8')
  expect((await read(broken, { encoding: 'utf-8', unreadable: 'keep' })).lines[1]).toHaveLength(3)
  await expect(read('a\n', { encoding: 'klingon' })).rejects.toThrow('There is no encoding klingon')
})

test('gzip is unpacked, whatever the name says; one that is cut off is said, not passed over', async () => {
  const packed = gzipSync('a,b\n1,2\n')
  expect((await read(packed)).lines).toEqual([[2, '1', '2']])
  await expect(read(packed.subarray(0, packed.length - 6))).rejects.toThrow('unexpected end of file')
})

test('lines before the heading are left out, a file without one gets the names of the mapping', async () => {
  expect(await read('Export of today\n\na,b\n1,2\n', { skip_lines: 2 })).toMatchObject({
    header: ['a', 'b'],
    lines: [[4, '1', '2']],
  })
  expect(await read('1,2\n', { header: ['a', 'b'] })).toMatchObject({ lines: [[1, '1', '2']] })
})

test('without quotes, quotes are signs like any other', async () => {
  expect((await read('a\tb\n5" nail\t"\n', { quote: 'none' })).lines).toEqual([[2, '5" nail', '"']])
})

test('space around a cell and the ="…" of spreadsheets are no part of it', async () => {
  expect((await read('a,b\n="0012345"  , x \n')).lines).toEqual([[2, '0012345', 'x']])
})
