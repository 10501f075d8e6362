import { writeFile } from 'node:fs/promises'
import type { Session } from 'chdb'
import { refuse } from './errors.ts'
import { checkFormat, prepare } from './execute.ts'
import { quote, quoteName } from './settings.ts'

/** A table that a request brings along. */
export interface ExternalTable {
  name: string
  structure: string
  format: string
  rows: Uint8Array
}

export interface Form {
  fields: [string, string][]
  tables: ExternalTable[]
}

const most = 64 * 1024 ** 2

/** Reads a multipart/form-data body: parameters, and files with external tables. @throws QUERY_IS_TOO_LARGE, BAD_ARGUMENTS */
export async function readForm(
  contentType: string,
  body: AsyncIterable<Buffer>,
  params: URLSearchParams,
): Promise<Form> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > most) throw refuse('QUERY_IS_TOO_LARGE', `A multipart body is larger than ${most} bytes`)
    chunks.push(chunk)
  }
  let form: FormData
  try {
    form = await new Response(Buffer.concat(chunks), { headers: { 'Content-Type': contentType } }).formData()
  } catch (cause) {
    throw Object.assign(refuse('BAD_ARGUMENTS', 'The multipart/form-data body cannot be read'), { cause })
  }
  const fields: [string, string][] = []
  const files: [string, File][] = []
  for (const [name, value] of form) {
    if (typeof value === 'string') fields.push([name, value])
    else files.push([name, value])
  }
  const all = new Map([...params, ...fields])
  const own = new Set(files.flatMap(([name]) => [`${name}_format`, `${name}_types`, `${name}_structure`]))
  const tables = await Promise.all(
    files.map(async ([name, file]) => {
      const types = all.get(`${name}_types`)
      const structure =
        all.get(`${name}_structure`) ??
        types
          ?.split(',')
          .map((type, at) => `_${at + 1} ${type}`)
          .join(', ')
      if (structure === undefined)
        throw refuse(
          'BAD_ARGUMENTS',
          `Neither ${name}_structure nor ${name}_types is given for the external table ${name}`,
        )
      const format = checkFormat(all.get(`${name}_format`) ?? 'TabSeparated')
      return { name, structure, format, rows: await file.bytes() }
    }),
  )
  for (const name of own) params.delete(name)
  return { fields: fields.filter(([name]) => !own.has(name)), tables }
}

/** Makes the external tables temporary tables of a connection. */
export async function createTables(session: Session, tables: ExternalTable[], newFile: () => string): Promise<void> {
  for (const { name, structure, format, rows } of tables) {
    const path = newFile()
    await writeFile(path, rows)
    await prepare(session, [
      `CREATE OR REPLACE TEMPORARY TABLE ${quoteName(name)} ENGINE = Memory AS SELECT * FROM file(${quote(path)}, ${quote(format)}, ${quote(structure)})`,
    ])
  }
}
