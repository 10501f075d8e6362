import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('..', import.meta.url).pathname
const made = new Set(['node_modules', 'build', '.svelte-kit', 'paraglide', 'testing', '.lix'])

function newest(path: string): number {
  const times = readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => !made.has(name) && !name.includes('.test.'))
    .map((entry) => (entry.isDirectory() ? newest(join(path, entry.name)) : statSync(join(path, entry.name)).mtimeMs))
  return Math.max(0, ...times)
}

/**
 * Builds the dashboard before the first test when its sources are newer than the build.
 * @public vitest calls it
 */
export function setup(): void {
  const built = statSync(join(root, 'build/handler.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (built > newest(root)) return
  const { status, stderr, stdout } = spawnSync(join(root, 'node_modules/.bin/vite'), ['build'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The dashboard could not be built.\n${stdout}\n${stderr}`)
}
