import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { builtOf, stamp } from './dashboard-build.ts'
import { lockFolder } from './lock.ts'
import { root } from './root.ts'

const dashboard = join(root, 'dashboard')

/** Two starts at the same time must not build into the same folder. */
async function alone(): Promise<() => void> {
  for (;;) {
    try {
      return await lockFolder(join(dashboard, 'node_modules/.guanlan-build'), 'the build of the dashboard')
    } catch {
      await sleep(200)
    }
  }
}

const release = await alone()
const sources = builtOf()
if (sources.stale) {
  const vite = join(dashboard, 'node_modules/.bin/vite')
  const { status, error } = spawnSync(vite, ['build', '--logLevel', 'warn'], { cwd: dashboard, stdio: 'inherit' })
  if (error) console.error(error.message)
  if (status !== 0) process.exit(1)
  writeFileSync(stamp, sources.hash)
}
release()
