import { parseArgs } from 'node:util'
import { storeId } from '@guanlan/warehouse/settings/store-id'
import { ImportError } from './failure.ts'

export const usage = `npm run import -- <preset or mapping file> <files…>
  --store <id>         into which store; the mapping names one
  --url <address>      where ingest is; http://127.0.0.1:4000
  --key <key>          the server key; else SERVER_KEY, else the one that npm start made
  --rejects <path>     where lines that do not go in are written; <file>.rejects.csv
  --encoding <name>    of all files, where it is not detected rightly: gb18030, utf-16le, windows-1252, …
  --delimiter <sign>   of all files
  --again              from the beginning, where an earlier run broke off
  --dry-run            reads everything, shows the first row of each kind, sends nothing`

export interface Arguments {
  mapping: string
  files: string[]
  store: string | undefined
  url: string | undefined
  key: string | undefined
  rejects: string | undefined
  encoding: string | undefined
  delimiter: string | undefined
  again: boolean
  dryRun: boolean
}

const options = {
  store: { type: 'string' },
  url: { type: 'string' },
  key: { type: 'string' },
  rejects: { type: 'string' },
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  again: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/** @returns undefined when help is asked for. @throws ImportError */
export function readArguments(argv: readonly string[]): Arguments | undefined {
  const { values, positionals } = parse(argv)
  if (values.help) return undefined
  const [mapping, ...files] = positionals
  if (mapping === undefined || files.length === 0) throw new ImportError(`Say what to import.\n${usage}`)
  if (values.store !== undefined && !storeId.safeParse(values.store).success) {
    throw new ImportError(`--store ${values.store} is no id of a store: 1 to 63 of a–z, 0–9, - and _.`)
  }
  if (values.url !== undefined && !/^https?:$/.test(URL.parse(values.url)?.protocol ?? '')) {
    throw new ImportError(`--url ${values.url} is not an http:// or https:// address.`)
  }
  const { store, url, key, rejects, encoding, again } = values
  const delimiter = values.delimiter?.replace('\\t', '\t')
  return { mapping, files, store, url, key, rejects, encoding, delimiter, again, dryRun: values['dry-run'] }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true })
  } catch (error) {
    throw new ImportError(`${(error as Error).message}\n${usage}`, { cause: error })
  }
}
