import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the warehouses of this run of the tests are. */
    warehouses: string
  }
}

/**
 * Makes one directory for all warehouses of a run of the tests; it goes with the run, whatever its files leave in it.
 * @public vitest calls it
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'guanlan-tests-'))
  project.provide('warehouses', directory)
  return () => rm(directory, { recursive: true, force: true })
}
