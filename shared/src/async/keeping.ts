/** How many times as long as a question took its answer is kept. */
const KEPT_FACTOR = 20

/**
 * Makes a function that asks a question and keeps the answer: questions at the same time, as those of one scrape, share it, and
 * so do questions soon afterwards if it took long. So asking takes a twentieth of the time at most. A failure is not kept.
 */
export function keeping<T>(ask: () => Promise<T>): () => Promise<T> {
  let kept: { answer: Promise<T>; until: number } | undefined
  return () => {
    const began = performance.now()
    if (kept !== undefined && began < kept.until) return kept.answer
    const asked = { answer: ask(), until: Number.POSITIVE_INFINITY }
    const answered = () => {
      const now = performance.now()
      asked.until = now + KEPT_FACTOR * (now - began)
    }
    const failed = () => {
      asked.until = Number.NEGATIVE_INFINITY
    }
    asked.answer.then(answered, failed)
    kept = asked
    return asked.answer
  }
}

/**
 * Keeps the answers of questions that are alike, each as `keeping` does.
 * @param most so many answers are kept; the oldest question gives way
 * @returns a function that gets a text which names the question, and asks it
 */
export function keepingEach<T>(most: number): (question: string, ask: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, () => Promise<T>>()
  return (question, ask) => {
    const known = kept.get(question) ?? keeping(ask)
    kept.delete(question)
    kept.set(question, known)
    const [oldest] = kept.keys()
    if (kept.size > most && oldest !== undefined) kept.delete(oldest)
    return known()
  }
}
