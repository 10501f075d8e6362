import { options } from './options.ts'

/** What a browser lets go on after the page has gone, with room for what others send. */
const mostKept = 6e4

/**
 * Sends a body, `{ writeKey, sentAt, … }`, as text: so no browser asks first whether it may.
 * @param rest the JSON of the rest, without its first brace
 * @returns undefined of a beacon
 */
export async function post(path: string, rest: string, leaving?: boolean): Promise<Response | undefined> {
  const body = `{"writeKey":${JSON.stringify(options.key)},"sentAt":${JSON.stringify(new Date())},${rest}`
  const keepalive = new Blob([body]).size < mostKept
  return leaving && keepalive && navigator.sendBeacon?.(options.host + path, body)
    ? undefined
    : fetch(options.host + path, { method: 'POST', body, keepalive })
}
