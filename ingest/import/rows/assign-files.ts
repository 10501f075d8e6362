import { basename } from 'node:path'
import { ImportError } from '../failure.ts'
import type { Mapping } from '../mapping/schema.ts'

/**
 * Tells which entry of the mapping's `files` each file on the command line is: `name=path` says so, else the first entry
 * with a pattern that fits the name, else the first entry that has no file yet.
 * @throws ImportError when a file fits none or an entry that is needed has none
 */
export function assignFiles(files: Mapping['files'], given: readonly string[]): Map<string, string[]> {
  const assigned = new Map(Object.keys(files).map((name): [string, string[]] => [name, []]))
  const leftOver: string[] = []
  for (const argument of given) {
    const [, named, path] = /^([a-z][a-z0-9_]*)=(.+)$/.exec(argument) ?? []
    const fits = Object.entries(files).find(([, spec]) => spec.match.some((pattern) => matches(pattern, argument)))
    const chosen = named !== undefined && named in files ? named : fits?.[0]
    if (chosen === undefined) leftOver.push(argument)
    else assigned.get(chosen)?.push(chosen === named && path !== undefined ? path : argument)
  }
  for (const path of leftOver) {
    const free = Object.entries(files).find(([name, spec]) => !spec.optional && assigned.get(name)?.length === 0)
    if (!free) throw new ImportError(`${basename(path)} fits none of ${list(files)}. Say which one it is: name=${path}`)
    assigned.get(free[0])?.push(path)
  }
  const missing = Object.entries(files).filter(([name, spec]) => !spec.optional && assigned.get(name)?.length === 0)
  if (missing.length > 0) {
    throw new ImportError(`The mapping needs ${list(Object.fromEntries(missing))} as well.`)
  }
  return assigned
}

const list = (files: Mapping['files']): string =>
  Object.entries(files)
    .map(([name, { match }]) => `${name} (${match.join(' or ')})`)
    .join(', ')

/** `*` stands for any signs; .gz at the end of the name does not matter. */
function matches(pattern: string, path: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${literal.join('.*')}$`, 'iu').test(basename(path).replace(/\.gz$/i, ''))
}
