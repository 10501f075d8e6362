import { setTimeout as sleep } from 'node:timers/promises'
import type { Connections } from '../connections.ts'
import { ensureOwner } from './ensure-owner.ts'

let settled = false

/** Whether the owner that the environment names can log in. */
export const ownerIsSettled = (): boolean => settled

/** Ensures the owner as soon as the warehouse answers; tries again until it does, and never holds up the start. */
export async function keepOwner({ warehouse, redis, env, log }: Connections): Promise<void> {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = env
  if (email === undefined || password === undefined) {
    settled = true
    return
  }
  for (let attempt = 1; !settled; attempt++) {
    try {
      const done = await ensureOwner({ warehouse, redis }, { email, password })
      if (done !== 'unchanged') log.info({ done }, 'the owner that the environment names')
      settled = true
    } catch (error) {
      if (attempt === 10) log.warn({ err: error }, 'the warehouse does not answer yet; still trying')
      await sleep(Math.min(100 * attempt, 2000))
    }
  }
}
