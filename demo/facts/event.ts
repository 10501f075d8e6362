/** A message of the Segment API, and when it happened. */
export interface Event {
  at: number
  message: Readonly<Record<string, unknown>>
}
