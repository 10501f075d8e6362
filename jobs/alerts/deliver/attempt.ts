import { writeAttempt } from '@guanlan/warehouse/alerts/outbox'
import type { Metrics } from '../../metrics.ts'
import type { World } from '../../world.ts'
import type { Open } from './context.ts'
import { NetError } from './net/net.ts'
import { redact } from './redact.ts'
import type { Outgoing, Sender, Tools, Verdict } from './sender.ts'
import { senders } from './senders/senders.ts'

interface Attempted {
  store_id: string
  contact_point_id: string
  /** Empty: a test. */
  idempotency_key: string
  incident_ids: string[]
  transition: string
}

export type AttemptMetrics = Pick<Metrics, 'deliveries' | 'deliverySeconds'>

const failed = (error: unknown): Verdict => ({
  ...{ ok: false, answer: '', error: error instanceof Error ? error.message : String(error) },
  why: error instanceof NetError && error.code === 'not_allowed' ? 'never' : 'again',
})

/** Sends one message, and notes and counts what became of it; nothing of the address is in what it returns. */
export async function attempt(
  { warehouse, log }: Pick<World, 'warehouse' | 'log'>,
  metrics: AttemptMetrics,
  { open, outgoing, tools, of }: { open: Open; outgoing: Outgoing; tools: Tools; of: Attempted },
): Promise<{ verdict: Verdict; milliseconds: number; note: () => Promise<void> }> {
  const send = senders[open.type] as Sender<typeof open.type>
  const begun = performance.now()
  const verdict = await send(open.address as never, outgoing, tools).catch(failed)
  const milliseconds = Math.round(performance.now() - begun)
  metrics.deliveries.inc({ type: open.type, outcome: verdict.ok ? 'sent' : verdict.why })
  metrics.deliverySeconds.observe({ type: open.type }, milliseconds / 1000)
  const [answer, error] = [verdict.answer, verdict.error ?? ''].map((text) => redact(text, open.address).slice(0, 1000))
  const clean = { ...verdict, answer, ...(error && { error }) } as Verdict
  const row = { ...of, at: tools.now, ok: verdict.ok, milliseconds, answer: answer ?? '', error: error ?? '' }
  return {
    verdict: clean,
    milliseconds,
    // That it was told counts more than how: an attempt that cannot be noted stops nothing.
    note: async () => {
      await writeAttempt(warehouse, row).catch((cause: unknown) => log.warn({ err: cause }, 'an attempt is not noted'))
    },
  }
}
