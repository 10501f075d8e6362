import { type IngestClient, StoreGone } from './ingest-client.ts'

const path = '/v1/stores/demo'
const body = { name: '观澜生活馆（演示）', time_zone: 'Asia/Shanghai', currency: 'CNY' } as const

export async function storeExists(client: IngestClient): Promise<boolean> {
  try {
    await client.ask({ method: 'GET', path })
    return true
  } catch (error) {
    if (error instanceof StoreGone) return false
    throw error
  }
}

/** Makes the demo store; one that stands stays as it is. */
export async function makeStore(client: IngestClient): Promise<void> {
  await client.ask({
    method: 'PUT',
    path,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  })
}
