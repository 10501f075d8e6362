import { Problem } from '#lib/server/api/problem.ts'

/** What no endpoint answers is a problem document too, and not a page. */
export const fallback = ({ url }) => new Problem(404, `The read API has nothing at ${url.pathname}.`).toResponse()
