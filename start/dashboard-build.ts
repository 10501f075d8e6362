import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from './root.ts'
import type { Task } from './service.ts'

export const stamp = join(root, 'dashboard/build/.sources')

/** Whatever the dashboard is built of: its own sources, and those of ours that it imports. */
const sources = ['dashboard', 'warehouse', 'jobs', 'pnpm-lock.yaml']
/** What the build makes itself, and what it never reads. */
const left = new Set([
  'node_modules',
  'build',
  '.svelte-kit',
  'paraglide',
  'cache',
  'embedded',
  'migrations',
  'testing',
])

/** A hash of the names and contents of everything that the build reads. */
function hashOfSources(): string {
  const hash = createHash('sha256')
  for (const path of sources.flatMap((source) => filesOf(join(root, source)))) {
    hash.update(`\0${relative(root, path)}\0`).update(readFileSync(path))
  }
  return hash.digest('hex')
}

function filesOf(path: string): string[] {
  const entries = existsSync(path) && !path.endsWith('.yaml') ? readdirSync(path, { withFileTypes: true }) : undefined
  if (entries === undefined) return existsSync(path) ? [path] : []
  return entries
    .filter(({ name }) => !left.has(name) && !name.startsWith('.') && !/\.(test\.ts|md)$/.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)]))
}

/** Whether the build that is there is of other sources than these. */
export function builtOf(): { hash: string; stale: boolean } {
  const hash = hashOfSources()
  return { hash, stale: !existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash }
}

/** Builds the dashboard, unless the build that is there is of these very sources. */
export const dashboardBuild: Task = {
  name: 'build',
  command: [process.execPath, join(root, 'start/build-dashboard.ts')],
  env: { NODE_ENV: 'production' },
  within: 300_000,
}
