/** An event as a mapping makes it → a message of the Segment API, which is what /v1/batch takes. */
export function toSegment(event: Record<string, unknown>): Record<string, unknown> {
  const { name, message_id, timestamp, visitor_id, customer_id, session_id, url, title, referrer, properties } = event
  return {
    type: 'track',
    event: name,
    messageId: message_id,
    timestamp,
    anonymousId: visitor_id,
    ...(customer_id !== undefined && { userId: customer_id }),
    context: {
      ...(session_id !== undefined && { sessionId: session_id }),
      ...((url ?? title ?? referrer) !== undefined && { page: { url, title, referrer } }),
    },
    properties: properties ?? {},
  }
}
