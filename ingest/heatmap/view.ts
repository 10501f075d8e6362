import { type WidthClass, widthClassOf } from '@guanlan/warehouse/heatmap/width-class'
import { z } from 'zod'
import { BadField } from '../events/field-problem.ts'
import type { Personal } from '../events/personal.ts'
import { placeInTime, readTime } from '../events/when.ts'
import { cutText } from './cut.ts'

const id = z.string('must be a text').max(256, 'may have 256 characters')
const pixels = (most: number) =>
  z
    .number('must be a number of pixels')
    .min(0, 'must not be negative')
    .max(most, `may be ${most}`)
    .transform((value) => Math.round(value))

/** The page view that a body is about. */
export const view = z.object(
  {
    id: z.uuid('must be a UUID, of version 7').transform((value) => value.toLowerCase()),
    url: cutText(8192),
    path: cutText(8192).refine((value) => value !== '', 'must not be empty'),
    title: cutText(2000).nullish(),
    visitorId: id.nullish(),
    sessionId: id.nullish(),
    startedAt: z.union([z.string().max(64), z.number()], 'must be an instant'),
    version: z.string('must be a text').regex(/^[0-9a-f]{16}$/, 'must be 16 hexadecimal digits'),
    width: pixels(65_535),
    height: pixels(65_535),
    pageHeight: pixels(10_000_000),
    variant: cutText(200).nullish(),
    webdriver: z.boolean().nullish().catch(undefined),
  },
  'must be an object',
)
export type View = z.output<typeof view>

/** What the rows of one view have in common; nothing in it is personal. */
export interface ViewColumns {
  path: string
  view_id: string
  started_at: number
  visitor_id: string
  session_id: string
  url: string
  title: string
  version: string
  width_class: WidthClass
  width: number
  height: number
  page_height: number
  variant: string
}

/** By which clock, and by how much it is off: when the body was sent by the sender's, and when it came by ours. */
export interface Clock {
  sentAt: number | undefined
  receivedAt: number
}

/** What every row of a view is made of. */
export interface OfView {
  store_id: string
  view: ViewColumns
  is_bot: boolean
  clock: Clock
  personal: Personal
}

/** An instant of the sender's → milliseconds, corrected. @throws BadField that names the field */
export function readMoment(value: string | number, path: string, { sentAt, receivedAt }: Clock): number {
  const at = readTime(value, path)
  if (at === undefined) throw new BadField('missing_field', path, 'is required; it must be an instant')
  try {
    return placeInTime(at, sentAt, receivedAt)
  } catch (error) {
    throw error instanceof BadField ? new BadField(error.code, path, error.message) : error
  }
}

/** The columns of a view. @throws BadField for a time out of bounds */
export function readView(sent: View, personal: Personal, clock: Clock): ViewColumns {
  const [path = ''] = sent.path.split(/[?#]/)
  return {
    path: personal.url(path).slice(0, 1024),
    view_id: sent.id,
    started_at: readMoment(sent.startedAt, 'view.startedAt', clock),
    visitor_id: personal.pseudonym((sent.visitorId ?? '').trim()),
    session_id: personal.pseudonym((sent.sessionId ?? '').trim()),
    url: personal.url(sent.url),
    title: personal.text(sent.title ?? '').slice(0, 500),
    version: sent.version,
    width_class: widthClassOf(sent.width),
    width: sent.width,
    height: sent.height,
    page_height: sent.pageHeight,
    variant: personal.text(sent.variant ?? ''),
  }
}
