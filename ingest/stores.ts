import { announceChanged } from '@guanlan/jobs/changed'
import { kinds } from '@guanlan/warehouse/settings/kinds'
import { readSettings } from '@guanlan/warehouse/settings/read'
import { storeId } from '@guanlan/warehouse/settings/store-id'
import { SettingConflict, writeSetting } from '@guanlan/warehouse/settings/write'
import { makeStore } from '@guanlan/warehouse/stores/make-store'
import { mayTakeCurrency } from '@guanlan/warehouse/stores/may-take-currency'
import { Hono } from 'hono'
import type { z } from 'zod'
import { authoriseKey, authoriseStore } from './access/authorise.ts'
import { parseJson, readBody } from './body/read-body.ts'
import { writePath } from './events/field-problem.ts'
import { type FieldError, Problem } from './problem.ts'
import type { World } from './world.ts'

const body = kinds.store.pick({ name: true, time_zone: true, currency: true })

/** The fields of a body that are wrong, as a problem document lists them. */
const errorsOf = (error: z.ZodError): FieldError[] =>
  error.issues.map(({ path, message }) => ({ path: writePath(path), message }))

function readStore(text: string) {
  const parsed = body.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const errors = errorsOf(parsed.error)
  throw new Problem('invalid_request', 'A store is { name, time_zone, currency }.', { errors })
}

function readId(id: string): string {
  const parsed = storeId.safeParse(id)
  if (parsed.success) return parsed.data
  const message = parsed.error.issues[0]?.message ?? 'is wrong'
  throw new Problem('invalid_request', 'The id of a store stands in addresses.', { errors: [{ path: 'id', message }] })
}

/** @throws Problem 409 when amounts stand in another currency */
async function refuseOtherCurrency({ warehouse }: World, store_id: string, from: string, to: string): Promise<void> {
  if (await mayTakeCurrency(warehouse, { store_id, from, to }, { by: 'ingest' })) return
  throw new Problem('conflict', `The store ${store_id} has amounts in ${from}; it cannot turn to ${to}.`, {
    errors: [{ path: 'currency', message: `is ${from}, and amounts stand in it` }],
  })
}

/** @returns whether the store is new */
async function write(world: World, store_id: string, wanted: z.output<typeof body>): Promise<boolean> {
  const { warehouse, redis, cluster, directory, log } = world
  const document = { kind: 'store', store_id, id: store_id } as const
  const [stands] = await readSettings(warehouse, 'store', { store_id, id: store_id })
  if (stands && same(stands.value, wanted)) return false
  const actor = 'server key'
  if (stands) {
    await refuseOtherCurrency(world, store_id, stands.value.currency, wanted.currency)
    const value = { ...stands.value, ...wanted }
    await writeSetting({ warehouse, redis }, { ...document, read_version: stands.version, value, actor })
  } else await makeStore({ warehouse, redis, cluster }, { store_id, value: kinds.store.parse(wanted), actor })
  await directory.refresh()
  announceChanged(redis, { store_id, what: 'settings' }).catch((error: unknown) => {
    log.warn({ err: error }, 'others were not told of a changed store')
  })
  return stands === undefined
}

/** `PUT /v1/stores/<id>` makes or changes a store; what is already so is left as it is. `GET` tells how it stands. */
export function stores(world: World): Hono {
  const app = new Hono()
  app.get('/:id', async (c) => {
    const id = readId(c.req.param('id'))
    return c.json(await authoriseStore(c, world, { scopes: ['server'], store_id: id }))
  })
  app.put('/:id', async (c) => {
    const id = readId(c.req.param('id'))
    await authoriseKey(c, world, { scopes: ['server'], store_id: id })
    const held = world.inFlight.hold()
    try {
      const wanted = readStore(await readBody(c, { maxBytes: 64 * 1024, held }))
      const isNew = await write(world, id, wanted)
      return c.json({ store_id: id, ...wanted }, isNew ? 201 : 200)
    } catch (error) {
      if (error instanceof Problem) throw error
      if (error instanceof SettingConflict) throw new Problem('conflict', error.message, { cause: error })
      world.log.warn({ err: error }, 'a store cannot be changed')
      throw new Problem('unavailable', 'Settings cannot be changed while ClickHouse or Redis is away.', {
        retryAfterSeconds: 5,
        cause: error,
      })
    } finally {
      held.release()
    }
  })
  return app
}

const same = (one: z.output<typeof body>, other: z.output<typeof body>) =>
  one.name === other.name && one.time_zone === other.time_zone && one.currency === other.currency
