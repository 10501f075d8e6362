import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@clickhouse/client'
import { createChdbConnection } from 'chdb/connection'
import { settings, type Warehouse } from './client.ts'
import { migrate } from './migrate.ts'

/** A migrated warehouse on the real engine in this process, in a directory of its own; for tests. */
export async function openTestWarehouse(): Promise<{ warehouse: Warehouse; close: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'guanlan-'))
  const warehouse = createClient({ connection: createChdbConnection({ path }), clickhouse_settings: settings } as never)
  await migrate(warehouse)
  return {
    warehouse,
    close: async () => {
      await warehouse.close()
      await rm(path, { recursive: true, force: true })
    },
  }
}
