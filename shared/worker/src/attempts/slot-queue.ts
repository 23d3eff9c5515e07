/** A number of slots, taken in the order of asking. */
export interface SlotQueue {
  /**
   * Takes a slot. Resolves when one is free.
   * @throws the reason of `signal` when it is aborted before
   */
  take: (signal: AbortSignal) => Promise<void>
  /** Takes a slot if one is free. */
  takeFree: () => boolean
  /** Gives a slot back. */
  free: () => void
}

export function openSlots(count: number): SlotQueue {
  let left = count
  const waiting = new Set<() => void>()
  const takeFree = () => {
    if (left === 0) return false
    left -= 1
    return true
  }
  return {
    takeFree,
    take(signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const grant = () => {
        signal.removeEventListener('abort', withdraw)
        resolve()
      }
      const withdraw = () => {
        waiting.delete(grant)
        reject(signal.reason)
      }
      if (signal.aborted) reject(signal.reason)
      else if (takeFree()) resolve()
      else {
        waiting.add(grant)
        signal.addEventListener('abort', withdraw, { once: true })
      }
      return promise
    },
    free() {
      const [next] = waiting
      if (next === undefined) left += 1
      else {
        waiting.delete(next)
        next()
      }
    },
  }
}
