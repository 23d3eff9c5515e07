/** A timer that waits. Timers of one instant run in the order in which they were made. */
export interface Timer {
  at: number
  order: number
  run: () => void
  cancelled: boolean
}

/** The timers that wait, as a binary heap. */
export interface Timers {
  add: (at: number, run: () => void) => Timer
  /** Takes the next timer that is not cancelled. */
  take: () => Timer | undefined
}

const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.order < b.order)

export function makeTimers(): Timers {
  const heap: Timer[] = []
  let made = 0

  const at = (place: number) => heap[place] as Timer
  function swap(a: number, b: number): void {
    const other = at(a)
    heap[a] = at(b)
    heap[b] = other
  }
  function rise(place: number): void {
    for (let child = place; child > 0; ) {
      const parent = (child - 1) >> 1
      if (!isBefore(at(child), at(parent))) return
      swap(child, parent)
      child = parent
    }
  }
  function sink(): void {
    for (let parent = 0; ; ) {
      let first = parent
      for (const child of [2 * parent + 1, 2 * parent + 2])
        if (child < heap.length && isBefore(at(child), at(first))) first = child
      if (first === parent) return
      swap(first, parent)
      parent = first
    }
  }
  function pop(): Timer | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (last !== undefined && heap.length > 0) {
      heap[0] = last
      sink()
    }
    return first
  }

  return {
    add(at, run) {
      made += 1
      const timer = { at, order: made, run, cancelled: false }
      heap.push(timer)
      rise(heap.length - 1)
      return timer
    },
    take() {
      for (;;) {
        const timer = pop()
        if (timer === undefined || !timer.cancelled) return timer
      }
    },
  }
}
