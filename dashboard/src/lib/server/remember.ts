interface Remembered<T> {
  at: number
  answer: Promise<T>
}

/**
 * Asks at most once in `ms` for each key and shares the answer, also while it is under way. A failure is not remembered.
 * @param limit how many keys are held at most; the oldest goes first
 * @returns asks or remembers; its `forget` makes everything be asked anew, also what is being asked
 */
export function remember<T>(ms: number, limit = 500) {
  const answers = new Map<string, Remembered<T>>()
  const recall = (key: string, ask: () => Promise<T>): Promise<T> => {
    const known = answers.get(key)
    if (known && performance.now() - known.at < ms) return known.answer
    answers.delete(key)
    const asked: Remembered<T> = { at: performance.now(), answer: ask() }
    answers.set(key, asked)
    asked.answer.catch(() => {
      if (answers.get(key) === asked) answers.delete(key)
    })
    const [oldest] = answers.keys()
    if (answers.size > limit && oldest !== undefined) answers.delete(oldest)
    return asked.answer
  }
  return Object.assign(recall, { forget: () => answers.clear() })
}
