import { cpSync, existsSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inject } from 'vitest'
import { connectWarehouse, type Warehouse } from './client.ts'
import { startWarehouse } from './embedded/testing-server.ts'
import { migrate } from './migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the warehouses of this run of the tests are. */
    warehouses: string
  }
}

const directoryOf = (name: string) => mkdtemp(join(inject('warehouses'), `${name}-`))

/** The data directory that the migrations leave, made by the first of a run who needs one: the others copy it. */
async function migrated(): Promise<string> {
  const made = join(inject('warehouses'), 'migrated')
  if (existsSync(made)) return made
  const directory = await directoryOf('migrating')
  const server = await startWarehouse(directory)
  const warehouse = connectWarehouse(server.url, 'test')
  await migrate(warehouse)
  await warehouse.close()
  await server.stop('SIGTERM')
  try {
    await rename(join(directory, 'clickhouse'), made)
  } catch (error) {
    // Another file was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  }
  await rm(directory, { recursive: true })
  return made
}

/** A migrated warehouse in a process and a directory of its own; for tests. It ends with the test process, however that ends. */
export async function openTestWarehouse(): Promise<{
  warehouse: Warehouse
  url: string
  close: () => Promise<void>
}> {
  const directory = await directoryOf('warehouse')
  // Some 500 small files: one at a time from here, a promise for each, would take as long as the migrations do.
  cpSync(await migrated(), join(directory, 'clickhouse'), { recursive: true, verbatimSymlinks: true })
  const server = await startWarehouse(directory)
  const warehouse = connectWarehouse(server.url, 'test')
  return {
    warehouse,
    url: server.url,
    close: async () => {
      await warehouse.close()
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
