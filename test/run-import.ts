import { spawn } from 'node:child_process'
import type { Product } from './product.ts'

const root = new URL('..', import.meta.url).pathname

/** Runs `npm run import` on files; answers its exit code and all it printed. */
export async function runImport(
  product: Product,
  preset: string,
  files: string[],
  store: string,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    ['ingest/import/index.ts', preset, ...files, '--store', store, '--url', product.ingest],
    { cwd: root, env: { ...process.env, SERVER_KEY: product.keys.server, DATA_DIR: product.dataDir } },
  )
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  return await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}
