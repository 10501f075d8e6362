import type { Product } from './product.ts'

type Json = Record<string, unknown>

/** Asks the read API of a running product as an outside program would. */
export function readApi(product: Product) {
  const headers = { authorization: `Bearer ${product.keys.read}`, accept: 'application/json' }
  const answer = async <T>(response: Response): Promise<T> => {
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    post: async <T>(path: string, body: Json): Promise<T> =>
      answer<T>(
        await fetch(`${product.dashboard}/api/v1/${path}`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    get: async <T>(path: string, query: Record<string, string>): Promise<T> =>
      answer<T>(await fetch(`${product.dashboard}/api/v1/${path}?${new URLSearchParams(query)}`, { headers })),
  }
}
