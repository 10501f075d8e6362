import { readdir, readFile } from 'node:fs/promises'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { ImportError } from '../failure.ts'
import { type Mapping, mapping } from './schema.ts'

const presets = new URL('../presets/', import.meta.url)

export interface LoadedMapping {
  mapping: Mapping
  /** The file's text: a change of it starts an import from the beginning. */
  text: string
  /** Stops with a sentence that names the key and its line. */
  fail: (path: readonly PropertyKey[], message: string) => never
}

/**
 * Reads a preset by its name, or a mapping file by its path.
 * @throws ImportError with a sentence for each wrong key, which names it and its line
 */
export async function loadMapping(nameOrPath: string): Promise<LoadedMapping> {
  return parseMapping(await read(nameOrPath), nameOrPath)
}

/** @param name how the file is called in the sentences */
export function parseMapping(text: string, name: string): LoadedMapping {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken) throw new ImportError(`${name} is not YAML: ${broken.message}`)
  const where = (path: readonly PropertyKey[]) => {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const node = document.getIn(path.slice(0, depth), true)
      if (isNode(node) && node.range) return `${name}, line ${lines.linePos(node.range[0]).line}, ${path.join('.')}`
    }
    return path.length > 0 ? `${name}, ${path.join('.')}` : name
  }
  const parsed = mapping.safeParse(document.toJS())
  if (!parsed.success) {
    const sentences = parsed.error.issues.map((issue) => `${where(issue.path)}: ${issue.message}`)
    throw new ImportError([...new Set(sentences)].join('\n'))
  }
  return {
    mapping: parsed.data,
    text,
    fail: (path, message) => {
      throw new ImportError(`${where(path)}: ${message}`)
    },
  }
}

async function read(nameOrPath: string): Promise<string> {
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath)
  try {
    return await readFile(isPath ? nameOrPath : new URL(`${nameOrPath}.yaml`, presets), 'utf8')
  } catch (error) {
    if (isPath) throw new ImportError(`The mapping file ${nameOrPath} cannot be read.`, { cause: error })
    const known = (await readdir(presets)).map((file) => file.replace(/\.yaml$/, '')).sort()
    throw new ImportError(
      `There is no preset ${nameOrPath}. There are ${known.join(', ')}; a mapping file of your own ends in .yaml.`,
      { cause: error },
    )
  }
}
