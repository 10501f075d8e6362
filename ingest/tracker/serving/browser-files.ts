import { hash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { bundle } from './bundle.ts'
import { type FileName, fileNames } from './entries.ts'

/** A file as it is served. */
export interface BrowserFile {
  /** SHA-384, as the attribute `integrity` has it. */
  integrity: string
  plain: Buffer
  br: Buffer
  gzip: Buffer
}

export interface BrowserFiles {
  version: string
  current: Readonly<Record<FileName, BrowserFile>>
  /** Of a version that was served before, as a page names it with its integrity hash. */
  earlier: (file: FileName, version: string) => Promise<BrowserFile | undefined>
}

const [packBrotli, packGzip] = [promisify(brotliCompress), promisify(gzip)]

async function pack(plain: Buffer): Promise<BrowserFile> {
  const [br, gzip] = await Promise.all([packBrotli(plain), packGzip(plain)])
  return { integrity: `sha384-${hash('sha384', plain, 'base64')}`, plain, br, gzip }
}

/**
 * Makes the browser's files. A page may name a version for ever, so each one is kept.
 * @param directory where versions are kept
 */
export async function makeBrowserFiles(directory: string): Promise<BrowserFiles> {
  const { version, code } = await bundle()
  const pathOf = (file: FileName, of: string) => join(directory, of, `${file}.js`)
  await mkdir(join(directory, version), { recursive: true })
  const packed: [FileName, BrowserFile][] = []
  for (const file of fileNames) {
    const plain = Buffer.from(code[file])
    packed.push([file, await pack(plain)])
    await writeFile(`${pathOf(file, version)}.new`, plain)
    await rename(`${pathOf(file, version)}.new`, pathOf(file, version))
  }
  return {
    version,
    current: Object.fromEntries(packed) as Record<FileName, BrowserFile>,
    earlier: async (file, of) => {
      const plain = await readFile(pathOf(file, of)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      })
      return plain && pack(plain)
    },
  }
}
