import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Readable, Transform } from 'node:stream'
import { createGunzip, gunzipSync, constants as zlib } from 'node:zlib'
import iconv from 'iconv-lite'

const sampleBytes = 1 << 20

/** The first megabyte of a file, unpacked when it is gzip. */
export async function sampleOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const buffer = Buffer.alloc(sampleBytes)
    const { bytesRead } = await file.read(buffer, 0, sampleBytes, 0)
    const sample = buffer.subarray(0, bytesRead)
    if (!isGzip(sample)) return sample
    // A sample cut out of the middle of a gzip stream is no error.
    return gunzipSync(sample, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: 64 << 20 }).subarray(0, sampleBytes)
  } finally {
    await file.close()
  }
}

const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b

/**
 * Streams a file as UTF-8 text, unpacked, without its byte order mark, every line end a line feed.
 * @param from how many lines are left out at the beginning
 * @param onBytes is told the size of each piece read from the disk, for the progress
 */
export async function openText(
  path: string,
  { encoding, from, onBytes }: { encoding: string; from: number; onBytes: (count: number) => void },
): Promise<Readable> {
  const head = Buffer.alloc(2)
  const file = await open(path)
  await file.read(head, 0, 2, 0).finally(() => file.close())
  const disk = createReadStream(path, { highWaterMark: 1 << 18 })
  disk.on('data', (chunk) => onBytes(chunk.length))
  disk.pause()
  const stages: Transform[] = [...(isGzip(head) ? [createGunzip()] : []), decoder(encoding, from)]
  return stages.reduce<Readable>((source, stage) => {
    source.once('error', (error) => stage.destroy(error))
    stage.once('close', () => source.destroy())
    return source.pipe(stage)
  }, disk)
}

function decoder(encoding: string, from: number): Transform {
  const decode = iconv.getDecoder(encoding)
  let toSkip = from
  let heldBack = ''
  const lines = (text: string, last: boolean): string => {
    let rest = heldBack + text
    heldBack = ''
    // A line feed may follow in the next piece.
    if (!last && rest.endsWith('\r')) {
      heldBack = '\r'
      rest = rest.slice(0, -1)
    }
    if (rest.includes('\r')) rest = rest.replace(/\r\n?/g, '\n')
    for (; toSkip > 0 && rest !== ''; ) {
      const end = rest.indexOf('\n')
      if (end < 0) return ''
      rest = rest.slice(end + 1)
      toSkip -= 1
    }
    return rest
  }
  return new Transform({
    readableHighWaterMark: 1 << 20,
    transform(chunk: Buffer, _, done) {
      done(null, Buffer.from(lines(decode.write(chunk), false)))
    },
    flush(done) {
      done(null, Buffer.from(lines(decode.end() ?? '', true)))
    },
  })
}
