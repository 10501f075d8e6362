import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

/**
 * Makes one directory for all warehouses of a run of the tests; it goes with the run, whatever its files leave in it.
 * @public vitest calls it
 */
export function setup(project: TestProject): void {
  const directory = mkdtempSync(join(tmpdir(), 'guanlan-tests-'))
  // A run that is interrupted has an end, and no teardown.
  process.once('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }))
  project.provide('warehouses', directory)
}
