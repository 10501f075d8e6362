/** A question to the read API: what a panel shows, and what its file holds. */
export interface Question {
  endpoint: string
  method: 'GET' | 'POST'
  request: object
}

/** Asks it again for a CSV file; undefined when it fails. */
export async function fetchCsv({ endpoint, method, request }: Question): Promise<Blob | undefined> {
  const address = `/api/v1/${endpoint}`
  const accept = { accept: 'text/csv' }
  const response = await (method === 'GET'
    ? fetch(`${address}?${searchOf(request)}`, { headers: accept })
    : fetch(address, {
        method,
        headers: { ...accept, 'content-type': 'application/json' },
        body: JSON.stringify(request),
      })
  ).catch(() => undefined)
  return response?.ok ? response.blob() : undefined
}

const isList = (value: unknown): value is (string | number)[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' || typeof one === 'number')

/** A request as the parameters of an address: lists of words with commas, all else that is no word as JSON; an empty list asks nothing. */
export function searchOf(request: object): string {
  const text = (value: unknown) =>
    isList(value) ? value.join(',') : typeof value === 'object' ? JSON.stringify(value) : String(value)
  const params = Object.entries(request).flatMap(([name, value]): [string, string][] =>
    value === undefined || (isList(value) && value.length === 0) ? [] : [[name, text(value)]],
  )
  return new URLSearchParams(params).toString()
}
