interface Remembered<T> {
  /** When it came; until then it is under way. */
  came?: number
  answer: Promise<T>
}

/**
 * Asks for each key once and shares the answer: while it is under way, however long that takes, and for `ms` after it has
 * come. A failure is not remembered.
 * @param limit how many keys are held at most; the oldest goes first
 * @returns asks or remembers; its `forget` makes everything be asked anew, also what is being asked
 */
export function remember<T>(ms: number, limit = 500) {
  const answers = new Map<string, Remembered<T>>()
  const recall = (key: string, ask: () => Promise<T>): Promise<T> => {
    const known = answers.get(key)
    if (known && (known.came === undefined || performance.now() - known.came < ms)) return known.answer
    answers.delete(key)
    const asked: Remembered<T> = { answer: ask() }
    answers.set(key, asked)
    asked.answer.then(
      () => {
        asked.came = performance.now()
      },
      () => {
        if (answers.get(key) === asked) answers.delete(key)
      },
    )
    const [oldest] = answers.keys()
    if (answers.size > limit && oldest !== undefined) answers.delete(oldest)
    return asked.answer
  }
  return Object.assign(recall, { forget: () => answers.clear() })
}
