import { z } from 'zod'
import { toText } from '../time.ts'
import { cutSelector, cutText } from './cut.ts'
import { type OfView, readMoment } from './view.ts'

/** Where in an element's box; a border may be hit a hair outside. */
const share = z
  .number('must be a number of 0 to 1')
  .min(-0.01, 'must lie between 0 and 1')
  .max(1.01, 'must lie between 0 and 1')
  .transform((value) => Math.min(1, Math.max(0, value)))
const flag = z
  .boolean('must be true or false')
  .nullish()
  .transform((value) => value === true)
const orEmpty = (value: string | null | undefined) => value ?? ''
const text = (most: number) => cutText(most).nullish().transform(orEmpty)
const path = (most: number) => cutSelector(most).nullish().transform(orEmpty)

export const slot = z
  .int('must be a whole number')
  .min(0, 'must not be negative')
  .max(65_535, 'may be 65535')
  .nullish()
  .transform((value) => value ?? 0)

export const click = z.object(
  {
    n: z.int('must be a whole number').min(0, 'must not be negative').max(1_000_000, 'may be 1000000'),
    at: z.union([z.string().max(64), z.number()], 'must be an instant'),
    selector: cutSelector(1000).refine((value) => value !== '', 'must not be empty'),
    x: share,
    y: share,
    module: path(200),
    slot,
    href: text(8192),
    text: text(200),
    state: path(500),
    fixed: flag,
    dead: flag,
    rage: flag,
    error: flag,
  },
  'must be an object',
)

/** The line of a row of `page_clicks`. @throws BadField for a time out of bounds */
export function clickLine(
  sent: z.output<typeof click>,
  { personal, clock, store_id, is_bot, view: of }: OfView,
): string {
  const { path, view_id, visitor_id, session_id, url, version, width_class, width, height, variant } = of
  return JSON.stringify({
    ...{ store_id, path, view_id, n: sent.n },
    occurred_at: toText(readMoment(sent.at, 'at', clock)),
    received_at: toText(clock.receivedAt),
    ...{ visitor_id, session_id, url, version, width_class, width, height, variant, is_bot },
    ...{ selector: personal.text(sent.selector), x: sent.x, y: sent.y, slot: sent.slot },
    module: personal.text(sent.module),
    href: sent.href && personal.url(sent.href),
    text: personal.text(sent.text).slice(0, 200),
    state: personal.text(sent.state),
    ...{ is_fixed: sent.fixed, is_dead: sent.dead, is_rage: sent.rage, is_error: sent.error },
  })
}
