import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runChecks } from './checks.ts'
import { builtOf } from './dashboard-build.ts'
import { chromium, findOrInstall, redis } from './find-or-install.ts'
import { root } from './root.ts'
import { StartError } from './service.ts'

const report = join(root, 'node_modules/.cache/guanlan/tests.json')

/** Runs a command in the foreground; true when it ends well. */
function run(command: string, args: string[], env: Record<string, string>): Promise<boolean> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  const stop = (signal: NodeJS.Signals) => child.kill(signal)
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  return new Promise((resolve) => {
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/** Vitest's counts; a file that could not even be loaded is a failure. */
function count(good: boolean): { passed: number; failed: number; skipped: number } {
  let result: Report
  try {
    result = JSON.parse(readFileSync(report, 'utf8')) as Report
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  const failed = result.numFailedTests + broken.length
  return {
    passed: result.numPassedTests,
    failed: good ? failed : Math.max(failed, 1),
    skipped: result.numPendingTests + result.numTodoTests,
  }
}

try {
  findOrInstall(redis, console.log)
  const browser = findOrInstall(chromium, console.log)
  mkdirSync(join(root, 'node_modules/.cache/guanlan'), { recursive: true })
  rmSync(report, { force: true })

  const checks = await runChecks()
  const built =
    !builtOf().stale || (await run(process.execPath, ['start/build-dashboard.ts'], { NODE_ENV: 'production' }))
  if (!built) console.log('✗ build of the dashboard')
  const vitest = [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ]
  const good = await run(join(root, 'node_modules/.bin/vitest'), vitest, { CHROMIUM_PATH: browser })
  const tests = count(good)

  const passed = checks.passed + tests.passed
  const failed = checks.failed + tests.failed + (built ? 0 : 1)
  console.log(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''}`)
  process.exit(failed === 0 ? 0 : 1)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exit(1)
}
