import { z } from 'zod'
import { toText } from '../time.ts'
import { slot } from './click.ts'
import { cutSelector } from './cut.ts'
import type { OfView } from './view.ts'

/** The page is cut into so many bands of equal height. */
const bands = 50
const mostMs = 4_294_967_295

const whole = (most: number) =>
  z
    .number('must be a number')
    .min(0, 'must not be negative')
    .max(most, `may be ${most}`)
    .transform((value) => Math.round(value))
const share = z.number('must be a number of 0 to 1').transform((value) => Math.min(1, Math.max(0, value)))

/** What a view came to so far, but for its modules, each of which stands or falls alone. */
export const reading = z.object(
  {
    // The highest seq counts, and fits into half of a number of eight bytes beside the time.
    seq: z.int('must be a whole number').min(0, 'must not be negative').max(100_000, 'may be 100000'),
    reach: whole(bands).transform((value) => Math.min(value, bands - 1)),
    attention: z.array(whole(mostMs), 'must be a list of milliseconds').max(bands, `may have ${bands} bands`),
  },
  'must be an object',
)

export const moduleReading = z.object(
  {
    module: cutSelector(200).refine((value) => value !== '', 'must not be empty'),
    slot,
    position: whole(65_535),
    top: share,
    bottom: share,
    exposures: whole(mostMs),
    visibleMs: whole(mostMs),
    clicks: whole(mostMs),
  },
  'must be an object',
)

/** What both tables of readings have. */
function commonColumns({ store_id, view, is_bot, clock }: OfView, seq: number) {
  const { path, view_id, visitor_id, session_id, version, width_class, variant } = view
  return {
    ...{ store_id, path, view_id, seq },
    started_at: toText(view.started_at),
    received_at: toText(clock.receivedAt),
    ...{ visitor_id, session_id, version, width_class, variant, is_bot },
  }
}

/** The line of a row of `page_readings`. */
export function readingLine({ seq, reach, attention }: z.output<typeof reading>, of: OfView): string {
  const { title, width, height, page_height } = of.view
  return JSON.stringify({ ...commonColumns(of, seq), title, width, height, page_height, reach, attention })
}

/** The line of a row of `module_readings`. */
export function moduleLine(
  { visibleMs, module, ...rest }: z.output<typeof moduleReading>,
  { seq, ...of }: OfView & { seq: number },
): string {
  return JSON.stringify({ ...commonColumns(of, seq), ...rest, module: of.personal.text(module), visible_ms: visibleMs })
}
