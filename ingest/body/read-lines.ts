/** Why a line cannot be had. */
export class LineTooLong extends Error {
  override name = 'LineTooLong'
  readonly code = 'line_too_long'
}

/**
 * The lines of a stream of bytes, blank ones left out; of one that is too long only its beginning is kept.
 * @param longest in bytes; a longer line comes as LineTooLong with its beginning as message
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<string | LineTooLong> {
  let pieces: Buffer[] = []
  let length = 0
  const finish = (): string | LineTooLong => {
    const text = Buffer.concat(pieces).toString('utf8').trim()
    const line = length > longest ? new LineTooLong(text.slice(0, 1000)) : text
    pieces = []
    length = 0
    return line
  }
  for await (const chunk of chunks) {
    const buffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    for (let start = 0; start < buffer.length; ) {
      const newline = buffer.indexOf(0x0a, start)
      const end = newline === -1 ? buffer.length : newline
      if (length <= longest) pieces.push(buffer.subarray(start, end))
      length += end - start
      start = end + 1
      if (newline === -1) continue
      const line = finish()
      if (line !== '') yield line
    }
  }
  const line = finish()
  if (line !== '') yield line
}
