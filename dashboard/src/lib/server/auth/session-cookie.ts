import type { Cookies } from '@sveltejs/kit'
import { sessionLimits } from './session.ts'

const name = 'guanlan_session'

/** The session's token as the browser sent it. */
export const sessionToken = (cookies: Cookies): string | undefined => cookies.get(name)

/** Hands the token to the browser, out of reach of its scripts. */
export function keepToken(cookies: Cookies, url: URL, token: string): void {
  cookies.set(name, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: sessionLimits.absolute_seconds,
  })
}

/** Makes the browser forget the token. */
export function dropToken(cookies: Cookies, url: URL): void {
  cookies.delete(name, { path: '/', secure: url.protocol === 'https:' })
}
