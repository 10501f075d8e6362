/** A stretch of time as two SQL expressions of type DateTime64(3, 'UTC'); `to` is exclusive. */
export interface Span {
  from: string
  to: string
}

/** The span that the parameters `from` and `to` bound. */
export const asked: Span = { from: `{from:DateTime64(3, 'UTC')}`, to: `{to:DateTime64(3, 'UTC')}` }

/** A condition that a time column lies in one of the spans. */
export const within = (column: string, spans: readonly Span[]): string =>
  spans.length === 0
    ? 'false'
    : `(${spans.map(({ from, to }) => `(${column} >= ${from} AND ${column} < ${to})`).join(' OR ')})`
