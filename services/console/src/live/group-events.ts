// The services read the same events: they have nearly always handled one after the first pause, and after an outage after the second.
const FIRST_PAUSE_MS = 400
const SECOND_PAUSE_MS = 3000

/** Lets many events count as few. */
export interface EventGroups {
  /** Notes an event. */
  note: () => void
  /** Is called when the page is shown again. */
  show: () => void
  stop: () => void
}

/**
 * Makes groups of the events that come within the pauses. Those that come while the page is hidden are one group when it is shown again.
 * @param grow is called after each pause of a group
 * @param isHidden whether the page is hidden
 */
export function groupEvents(grow: () => void, isHidden: () => boolean): EventGroups {
  let isNew = false
  let [first, second] = [0, 0]
  const begin = () => {
    if (!isNew || second !== 0 || isHidden()) return
    isNew = false
    first = window.setTimeout(grow, FIRST_PAUSE_MS)
    second = window.setTimeout(() => {
      grow()
      second = 0
      begin()
    }, SECOND_PAUSE_MS)
  }
  return {
    note() {
      isNew = true
      begin()
    },
    show: begin,
    stop() {
      window.clearTimeout(first)
      window.clearTimeout(second)
    },
  }
}
