import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { isolatedDeclarationSync } from 'rolldown/experimental'
import { bundle, sources, target } from './bundle.ts'

/** Each declaration, and the source it is made of. */
const declarations = { 'index.d.ts': 'package/index.ts', 'api.d.ts': 'api.ts' }

async function declarationOf(source: string): Promise<string> {
  const { code, errors } = isolatedDeclarationSync(source, await readFile(join(sources, source), 'utf8'))
  if (errors[0]) throw new Error(`${source} makes no declaration: ${errors[0].message}`)
  return code.replace(/(['"])\.\.\/([a-z-]+)\.ts\1/g, "'./$2.js'")
}

/**
 * Writes the package `@guanlan/tracker`: the browser's files as modules, with their types.
 * @param out a directory, made when there is none
 */
export async function buildPackage(out: string): Promise<void> {
  const { version } = await bundle()
  const made = await rolldown({
    input: join(sources, 'package/index.ts'),
    tsconfig: false,
    platform: 'browser',
    transform: { target, define: { TRACKER_VERSION: JSON.stringify(version) } },
  })
  try {
    await made.write({ dir: out, format: 'es', minify: true, chunkFileNames: '[name].js' })
  } finally {
    await made.close()
  }
  await mkdir(out, { recursive: true })
  for (const [name, source] of Object.entries(declarations)) {
    await writeFile(join(out, name), await declarationOf(source))
  }
  const own = JSON.parse(await readFile(join(sources, '../package.json'), 'utf8')) as { version: string }
  const manifest = {
    name: '@guanlan/tracker',
    version: `${own.version}+${version}`,
    type: 'module',
    license: 'Apache-2.0',
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
  }
  await writeFile(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  await writeFile(join(out, 'README.md'), await readFile(join(sources, 'README.md'), 'utf8'))
}
