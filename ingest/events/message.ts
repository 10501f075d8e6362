import { z } from 'zod'
import { isObject } from '../is-object.ts'

// Copying a tree of properties that is copied anyway when it is cleaned would cost more than all other checks.
const object = z.custom<Record<string, unknown>>(isObject, 'must be an object').nullish()
const text = z.string('must be a text').nullish()
// JSON's numbers end at 2^53: of the nineteen digits of an id the last ones would be others.
const exactNumber = z
  .number()
  .refine(
    (id) => Math.abs(id) <= Number.MAX_SAFE_INTEGER,
    'must be a text: a number of so many digits is not kept exactly',
  )
const id = z.union([z.string().max(256, 'may have 256 characters'), exactNumber], 'must be a text').nullish()
const time = z.union([z.string().max(64, 'may have 64 characters'), z.number()], 'must be a text').nullish()

/** One message of the Segment HTTP Tracking API; what is not named here is not looked at. */
export const message = z.object(
  {
    type: z.enum(
      ['track', 'page', 'screen', 'identify', 'group', 'alias'],
      'must be track, page, screen, identify, group or alias',
    ),
    messageId: id,
    anonymousId: id,
    userId: id,
    previousId: id,
    groupId: id,
    event: text,
    name: text,
    category: text,
    timestamp: time,
    originalTimestamp: time,
    sentAt: time,
    properties: object,
    traits: object,
    context: z
      .object({
        userAgent: text,
        locale: text,
        sessionId: id,
        session_id: id,
        webdriver: z.boolean().nullish().catch(undefined),
        page: z
          .object(
            { url: text, path: text, title: text, referrer: text, search: text, page_type: text },
            'must be an object',
          )
          .nullish(),
        campaign: object,
        device: z.object({ type: text }).nullish().catch(undefined),
        os: z.object({ name: text }).nullish().catch(undefined),
        library: z.object({ name: text }).nullish().catch(undefined),
      })
      .nullish(),
  },
  'must be an object',
)
export type Message = z.output<typeof message>
