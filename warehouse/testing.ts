import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectWarehouse, type Warehouse } from './client.ts'
import { startWarehouse } from './embedded/testing-server.ts'
import { migrate } from './migrate.ts'

/** A migrated warehouse in a process and a directory of its own; for tests. It ends with the test process, however that ends. */
export async function openTestWarehouse(): Promise<{
  warehouse: Warehouse
  url: string
  close: () => Promise<void>
}> {
  const directory = await mkdtemp(join(tmpdir(), 'guanlan-'))
  const server = await startWarehouse(directory)
  const warehouse = connectWarehouse(server.url, 'test')
  await migrate(warehouse)
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
