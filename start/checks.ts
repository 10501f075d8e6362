import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.ts'

/** A look at the sources that needs nothing to run: one command, good when it ends with 0. */
interface Check {
  name: string
  command: [string, ...string[]]
  /** The folder it runs in, from the root. */
  in?: string
}

const all: Check[] = [
  { name: 'lint and format', command: ['node_modules/.bin/biome', 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: ['node_modules/.bin/tsc', '-p', '.'] },
  { name: 'types of the tracker', command: ['node_modules/.bin/tsc', '-p', 'ingest/tracker'] },
  {
    name: 'types of the dashboard',
    in: 'dashboard',
    command: ['node_modules/.bin/svelte-check', '--fail-on-warnings'],
  },
  { name: 'dead code', command: ['node_modules/.bin/knip', '--no-progress'] },
]

/** What the dashboard makes of its sources, messages as functions and the types of routes: the checks look at both. */
const made: [string, ...string[]][] = [
  ['node_modules/.bin/paraglide-js', 'compile', '--project', './project.inlang', '--outdir', './src/lib/paraglide'],
  ['node_modules/.bin/svelte-kit', 'sync'],
]

/** Runs lint, types and the search for dead code, side by side; prints one line each, and all that a failed one said. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  for (const command of made) {
    const result = await run(command, 'dashboard')
    if (!result.ok) console.log(result.said)
  }
  const results = await Promise.all(
    all.map(async (check) => {
      const began = Date.now()
      const result = await run(check.command, check.in)
      console.log(`${result.ok ? '✓' : '✗'} ${check.name}, ${((Date.now() - began) / 1000).toFixed(1)} s`)
      if (!result.ok) console.log(result.said)
      return result.ok
    }),
  )
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed }
}

function run([command, ...args]: [string, ...string[]], folder = '.'): Promise<{ ok: boolean; said: string }> {
  const child = spawn(join(root, folder, command), args, { cwd: join(root, folder), stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const keep = (text: Buffer) => {
    said += text.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, said: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, said }))
  })
}
