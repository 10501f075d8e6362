/** What lay over a page when it was clicked. */
export interface PageState {
  kind: 'page' | 'dialog' | 'menu'
  /** Of what lay over it; '' for the page itself. */
  selector: string
}

/** Reads the state of a click: `dialog:#cart`, `menu:nav`, or '' for the page itself. */
export function readState(state: string): PageState {
  const [, kind, selector] = /^(dialog|menu):(.+)$/s.exec(state) ?? []
  return kind && selector ? { kind: kind as 'dialog' | 'menu', selector } : { kind: 'page', selector: '' }
}

/** The states that were clicked in, most clicks first, with the page itself before them all. */
export function statesOf(rows: readonly { state: string; clicks: number }[]): { state: string; clicks: number }[] {
  const clicks = new Map([['', 0]])
  for (const row of rows) clicks.set(row.state, (clicks.get(row.state) ?? 0) + row.clicks)
  return [...clicks]
    .map(([state, sum]) => ({ state, clicks: sum }))
    .sort((one, other) => Number(one.state !== '') - Number(other.state !== '') || other.clicks - one.clicks)
}
