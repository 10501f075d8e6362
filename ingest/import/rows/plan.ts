import { type OpenedFile, openFile } from '../csv/open-file.ts'
import { Columns } from '../mapping/columns.ts'
import type { LoadedMapping } from '../mapping/load-mapping.ts'
import { assignFiles } from './assign-files.ts'
import { compileOutput, type Output } from './compile-output.ts'
import type { Scratch } from './scratch.ts'

/** A mapping bound to files: everything is checked, nothing is read but headings. */
export interface Plan {
  loaded: LoadedMapping
  columns: Columns
  outputs: Output[]
  /** By the name that the mapping gives them. */
  files: Map<string, OpenedFile[]>
}

/**
 * Compiles the mapping and opens the files.
 * @param paths as on the command line
 * @throws ImportError
 */
export async function makePlan(loaded: LoadedMapping, paths: readonly string[], scratch: Scratch): Promise<Plan> {
  const { mapping } = loaded
  const columns = new Columns(loaded, (index, key) => scratch.find(`joined ${index.id}`, key))
  const outputs = mapping.outputs.map((_, index) => compileOutput(loaded, columns, index))
  const assigned = assignFiles(mapping.files, paths)
  const files = new Map<string, OpenedFile[]>()
  for (const [name, spec] of Object.entries(mapping.files)) {
    const used = columns.used.get(name) ?? new Map<string, number>()
    const opened: OpenedFile[] = []
    for (const path of assigned.get(name) ?? []) opened.push(await openFile(path, { name, spec, used }))
    files.set(name, opened)
  }
  return { loaded, columns, outputs, files }
}
