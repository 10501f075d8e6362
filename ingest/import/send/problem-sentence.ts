import { z } from 'zod'

const problem = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
})

/** What an RFC 9457 problem document says, in one sentence. */
export function problemSentence(status: number, body: string): string {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return `HTTP ${status}`
  }
  const parsed = problem.safeParse(json)
  if (!parsed.success) return `HTTP ${status}`
  const fields = parsed.data.errors.slice(0, 3).map(({ path, message }) => `${path} ${message}`)
  const sentence = parsed.data.detail ?? parsed.data.title
  return [sentence ?? `HTTP ${status}`, ...(fields.length > 0 ? [`(${fields.join('; ')})`] : [])].join(' ')
}
