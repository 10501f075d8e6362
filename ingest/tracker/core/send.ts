import { post } from './post.ts'
import { losses } from './visit.ts'

/**
 * Sends messages, and why others were lost.
 * @param messages JSON of each
 * @returns the status of the answer; undefined of a beacon, which tells nothing
 */
export async function send(messages: string[], leaving?: boolean): Promise<number | undefined> {
  const context = {
    // A beacon may come twice.
    lost: leaving ? '' : losses(),
    library: { name: 'guanlan' },
    locale: navigator.language,
    webdriver: navigator.webdriver,
  }
  const rest = `"context":${JSON.stringify(context)},"batch":[${messages}]}`
  return (await post('/v1/batch', rest, leaving))?.status
}
