import { isUtf8 } from 'node:buffer'
import chardet from 'chardet'
import iconv from 'iconv-lite'
import { ImportError } from '../failure.ts'

const marks = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
  { bytes: [0x84, 0x31, 0x95, 0x33], encoding: 'gb18030' },
]

/**
 * Tells how a file is written: by its byte order mark, else UTF-8 when it is valid, else UTF-16 by its zero bytes, else
 * GB18030 when every sign of the sample is one, else the likeliest by the frequency of letters.
 */
export function detectEncoding(sample: Buffer): string {
  const mark = marks.find(({ bytes }) => bytes.every((byte, index) => sample[index] === byte))
  if (mark) return mark.encoding
  const zeros = [0, 0]
  for (const [index, byte] of sample.subarray(0, 4096).entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even + odd > Math.min(sample.length, 4096) / 8) return odd > even ? 'utf-16le' : 'utf-16be'
  // The sample may end within a character.
  const whole = sample.subarray(0, Math.max(sample.length - 3, 0))
  const lastStart = whole.findLastIndex((byte) => (byte & 0xc0) !== 0x80)
  if (isUtf8(sample) || isUtf8(whole.subarray(0, Math.max(lastStart, 0)))) return 'utf-8'
  if (isGb18030(sample)) return 'gb18030'
  const guess = chardet.detect(sample)
  return guess && iconv.encodingExists(guess) ? guess.toLowerCase() : 'windows-1252'
}

/** Legal, and Chinese: two accented letters of another language make a legal but rare character. */
function isGb18030(sample: Buffer): boolean {
  const text = iconv.decode(sample, 'gb18030').slice(0, -1)
  if (text.includes('\uFFFD')) return false
  const foreign = text.match(/\P{ASCII}/gu) ?? []
  const common = foreign.filter((sign) => {
    const [lead = 0] = iconv.encode(sign, 'gbk')
    return lead >= 0xa1 && lead <= 0xd7
  })
  return foreign.length > 0 && common.length >= foreign.length * 0.8
}

/** @throws ImportError when no such encoding is known */
export function knownEncoding(name: string): string {
  if (iconv.encodingExists(name)) return name.toLowerCase()
  throw new ImportError(`There is no encoding ${name}. Say utf-8, gb18030, utf-16le, windows-1252, …`)
}
