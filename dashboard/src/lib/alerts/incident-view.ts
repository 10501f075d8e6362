/** Which incidents a list tells of. */
export const views = ['all', 'open', 'resolved'] as const

/** What an address narrows the list of incidents to. */
export function incidentViewOf(params: { get(name: string): string | null }) {
  return {
    state: views.find((each) => each === params.get('state')) ?? ('all' as const),
    rule: params.get('rule') ?? '',
    metric: params.get('metric') ?? '',
  }
}
