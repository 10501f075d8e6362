import { z } from 'zod'
import type { Answer } from './net/net.ts'
import type { Verdict } from './sender.ts'

/** The answer as it is kept: status and the beginning of the body. */
export const answerText = ({ status, body }: Answer): string => `${status} ${body.slice(0, 500)}`.trim()

const limitedMs = 60_000
const longestWaitMs = 3600_000

/** Of a Retry-After header: seconds, or a date. */
function retryAfter(header: string | undefined, now: Date): number {
  if (!header) return limitedMs
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - +now
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1000), longestWaitMs) : limitedMs
}

/** What the status alone says; nothing when it is 2xx and the body decides. */
export function judgeStatus(answer: Answer, now: Date): Extract<Verdict, { ok: false }> | undefined {
  const { status, headers } = answer
  if (status >= 200 && status < 300) return undefined
  const told = { ok: false, answer: answerText(answer), error: `HTTP ${status}: ${answer.body.slice(0, 200)}` } as const
  if (status === 429) return { ...told, why: 'limited', after_ms: retryAfter(headers['retry-after'], now) }
  if (status >= 300 && status < 400) return { ...told, why: 'never', error: `HTTP ${status}: it redirects.` }
  return { ...told, why: status === 408 || status >= 500 ? 'again' : 'never' }
}

interface Codes {
  limited: (code: number, message: string) => boolean
  never: (code: number, message: string) => boolean
}

const robot = z.object({
  errcode: z.number().optional(),
  code: z.number().optional(),
  StatusCode: z.number().optional(),
  errmsg: z.string().optional(),
  msg: z.string().optional(),
  StatusMessage: z.string().optional(),
})

/** A group robot answers 200 whatever happens: its body has the code, and 0 alone is good. */
export function judgeRobot(answer: Answer, now: Date, { limited, never }: Codes): Verdict {
  const byStatus = judgeStatus(answer, now)
  const body = robot.safeParse(parsed(answer.body))
  const { errcode, code, StatusCode, errmsg, msg, StatusMessage } = body.data ?? {}
  const told = errcode ?? code ?? StatusCode
  if (told === undefined) {
    const error = 'The answer has no code: this is no robot.'
    return byStatus ?? { ok: false, why: 'again', answer: answerText(answer), error }
  }
  if (told === 0) return byStatus ?? { ok: true, answer: answerText(answer) }
  const message = errmsg ?? msg ?? StatusMessage ?? ''
  const failed = { ok: false, answer: answerText(answer), error: `${told}: ${message.slice(0, 300)}` } as const
  if (limited(told, message)) return { ...failed, why: 'limited', after_ms: limitedMs }
  return { ...failed, why: never(told, message) ? 'never' : 'again' }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
