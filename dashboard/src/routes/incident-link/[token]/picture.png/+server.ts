import { openLink } from '#lib/server/alerts/open-link.ts'
import { createLimit } from '#lib/server/auth/limit.ts'
import { connections } from '#lib/server/connections.ts'

/** So many pictures a minute for one address: each is a query and a drawing. */
const often = { points: 30, duration: 60 }

/** The picture of an incident, for who got its message: receivers fetch it without a login. */
export const GET = async ({ params, getClientAddress, request }) => {
  const { warehouse, redis } = connections()
  const wait = await createLimit(redis, 'incident-picture', often).take(getClientAddress())
  if (wait !== undefined) return new Response(null, { status: 429, headers: { 'retry-after': String(wait) } })
  const opened = await openLink(params.token)
  if (opened?.link.do !== 'picture') return new Response(null, { status: 404 })
  const { store, link, incident } = opened
  // It brings a renderer of its own, which nothing else of the dashboard needs.
  const { incidentPicture } = await import('@guanlan/jobs/picture')
  const asked = { by: 'link', signal: request.signal }
  const png = await incidentPicture(warehouse, { store, incident_id: link.incident_id, incident }, asked)
  return new Response(new Uint8Array(png), {
    headers: { 'content-type': 'image/png', 'cache-control': 'private, max-age=60', 'x-robots-tag': 'noindex' },
  })
}
