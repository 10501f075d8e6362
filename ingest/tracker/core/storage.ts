/** Where it is blocked, what is kept is kept as long as the page. */
let storage: Record<string, string> = {}
try {
  storage = localStorage ?? storage
} catch {
  // A page may not even ask for it.
}

/** What the browser keeps for us. */
export const read = (key: string): string | undefined => storage[key]

/** @param value '' removes what is kept */
export function write(key: string, value: string): void {
  try {
    if (value) storage[key] = value
    else delete storage[key]
  } catch {
    // Full: what was to be kept is in memory.
  }
}

/** The keys that begin so. */
export const keysOf = (prefix: string): string[] => Object.keys(storage).filter((key) => key.startsWith(prefix))
