import type { Warehouse } from '@guanlan/warehouse/client'
import type { Asked } from '@guanlan/warehouse/define-query'
import { error } from '@sveltejs/kit'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { Question } from '#lib/question.ts'
import type { Endpoint } from './api/endpoint.ts'
import { type Asker, nameOf } from './auth/asker.ts'
import { connections } from './connections.ts'
import { type Panel, panel } from './panels.ts'
import { remember } from './remember.ts'
import { rememberSettings } from './settings/remember-settings.ts'
import type { NamedStore } from './stores.ts'

/** What a page's load asks with: whose store, for whom. */
export interface PageWorld {
  warehouse: Warehouse
  log: Logger
  store: NamedStore
  asked: Asked
  /** Answers may be half a minute old: what is told of months costs much and changes little. */
  seldom?: boolean
}

/** The world of a page of a store. @throws 401 when nobody asks */
export function pageWorld(asker: Asker | undefined, store: NamedStore): PageWorld {
  if (!asker) error(401)
  const { warehouse, log } = connections()
  return { warehouse, log, store, asked: { by: nameOf(asker) } }
}

// Shared by everybody who looks at the same store and period, so that many screens cost as much as one; but nobody who
// was told of a change is given what was asked before it, for that would be the last they hear of it.
const answers = rememberSettings<unknown>(1000, 300)
// For as long, and until the same change, questions about a store share what they find out about its rollups.
const moments = remember<Map<string, Promise<unknown>>>(1000, 300)

const seldomMs = 30_000
// These outlive changes. Who is given one from before a change is told of the change again when it can be asked anew.
const seldomAnswers = rememberSettings<{ told: number; answer: unknown }>(seldomMs, 300)

/** Asks what the read API would be asked: a page shows the numbers that the API tells. */
export async function ask<Request extends z.ZodType, Answer extends z.ZodType>(
  { warehouse, store, asked, seldom }: PageWorld,
  endpoint: Endpoint<Request, Answer>,
  request: z.input<Request>,
): Promise<z.output<Answer>> {
  const { changes } = connections()
  const told = changes.told(store.store_id)
  const asking = async () => {
    const parsed = endpoint.request.parse(request)
    const together = await moments(JSON.stringify([store, told]), async () => new Map())
    // Without the asker's signal: who leaves must not take the answer from those who share it.
    return endpoint.ask({ warehouse, store, asked: { ...asked, together } }, parsed)
  }
  const question = [endpoint.name, store, request]
  if (!seldom) return answers(JSON.stringify([...question, told]), asking) as Promise<z.output<Answer>>
  const given = await seldomAnswers(JSON.stringify(question), async () => ({ told, answer: await asking() }))
  if (given.told < changes.told(store.store_id)) changes.remind(store.store_id, seldomMs)
  return given.answer as z.output<Answer>
}

/** The same as a panel: its numbers, or why there are none. */
export const askPanel = <Request extends z.ZodType, Answer extends z.ZodType>(
  world: PageWorld,
  endpoint: Endpoint<Request, Answer>,
  request: z.input<Request>,
): Promise<Panel<z.output<Answer>>> => panel(world.log, endpoint.name, ask(world, endpoint, request))

/** The question behind a panel, for its file. */
export const questionOf = <Request extends z.ZodType, Answer extends z.ZodType>(
  { name, method }: Endpoint<Request, Answer>,
  request: z.input<Request>,
): Question => ({ endpoint: name, method, request: request as Question['request'] })
