import { hash } from 'node:crypto'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { entries, type FileName, fileNames } from './entries.ts'

export const sources = join(import.meta.dirname, '..')

/** Browsers of the last five years. */
export const target = 'es2022'

/** Stands in the code where the version will: the version is made of the code. */
const placeholder = '______VERSION_____'

async function bundleOne(file: FileName): Promise<string> {
  const bundle = await rolldown({
    input: join(sources, entries[file]),
    tsconfig: false,
    platform: 'browser',
    transform: { target, define: { TRACKER_VERSION: JSON.stringify(placeholder) } },
    logLevel: 'silent',
  })
  try {
    const { output } = await bundle.generate({
      format: 'iife',
      minify: true,
      comments: { annotation: false },
      codeSplitting: false,
    })
    return output[0].code.trim()
  } finally {
    await bundle.close()
  }
}

/** The code of each file, minified, and the version of them all: 12 hex digits, the same wherever the sources are the same. */
export async function bundle(): Promise<{ version: string; code: Record<FileName, string> }> {
  const made: [FileName, string][] = []
  // One after the other: each bundle takes every core.
  for (const file of fileNames) made.push([file, await bundleOne(file)])
  const version = hash('sha256', JSON.stringify(made), 'hex').slice(0, 12)
  const code = made.map(([file, text]) => [file, text.replaceAll(placeholder, version)])
  return { version, code: Object.fromEntries(code) as Record<FileName, string> }
}
