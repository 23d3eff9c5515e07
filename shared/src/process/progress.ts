const REPORT_MS = 5000
const DRAW_MS = 200
const CELLS = 24

/** How many are left at a moment, in milliseconds of a clock that is never set. */
export interface Progress {
  left: number
  at: number
}

/**
 * @param unit what is counted, as in `records`
 * @returns what is left, and if something was done since `first`, how much of that and when it will all be done
 */
export function progressText(first: Progress, now: Progress, unit: string): string {
  const left = `${now.left.toLocaleString('en')} ${unit} are left`
  const [done, seconds] = [first.left - now.left, (now.at - first.at) / 1000]
  if (done <= 0 || seconds <= 0) return left
  const share = Math.floor((100 * done) / first.left)
  const rate = done / seconds
  const more = Math.ceil(now.left / rate)
  return `${left}, ${share} % are done, ${Math.round(rate).toLocaleString('en')} a second, about ${more} s more`
}

/** Shows how far some work is. */
export interface ProgressBar {
  /** Tells that so many more are done. */
  add: (count: number) => void
  /** Leaves the line of the bar. */
  end: () => void
}

/**
 * Shows progress on the standard error stream: a bar in one line on a terminal, otherwise a line each five seconds.
 * @param what names the work, as in `publishing`
 * @param total how many there are, or about so many
 * @param unit what is counted, as in `events`
 */
export function progressBar(
  what: string,
  total: number,
  unit: string,
  stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> = process.stderr,
): ProgressBar {
  const first = { left: total, at: performance.now() }
  let done = 0
  let showAt = first.at + (stream.isTTY ? 0 : REPORT_MS)
  return {
    add(count) {
      done += count
      const now = { left: Math.max(0, total - done), at: performance.now() }
      if (now.at < showAt) return
      showAt = now.at + (stream.isTTY ? DRAW_MS : REPORT_MS)
      const text = `${what}: ${progressText(first, now, unit)}`
      stream.write(stream.isTTY ? `\r\x1b[K${barOf(done, total)} ${text}` : `${text}\n`)
    },
    end() {
      if (stream.isTTY) stream.write('\r\x1b[K')
    },
  }
}

function barOf(done: number, total: number): string {
  const full = Math.round((CELLS * Math.min(done, total)) / Math.max(1, total))
  return `[${'#'.repeat(full)}${'.'.repeat(CELLS - full)}]`
}
