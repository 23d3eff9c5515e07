import { signal } from '@preact/signals'

/** The clock of the server. Ages and countdowns use it, because the clock of a browser can be wrong. */

/** The instant that the server's clock shows, to the second, in milliseconds since 1970. It ticks while the page is visible. */
export const now = signal(Date.now())

let offset = 0
// The header has whole seconds, so a smaller difference means nothing.
const RESOLUTION_MS = 2000

/** Notes the header Date of an answer. */
export function noteServerTime(date: string | null): void {
  const server = Date.parse(date ?? '')
  if (Number.isNaN(server)) return
  const difference = server - Date.now()
  if (Math.abs(difference - offset) < RESOLUTION_MS) return
  offset = Math.abs(difference) < RESOLUTION_MS ? 0 : difference
  tick()
}

/** The instant that the server's clock shows, also while the page is hidden, in milliseconds since 1970. */
export const serverTime = (): number => Date.now() + offset

const tick = () => {
  now.value = serverTime()
}

/** Keeps `now` right. A hidden page does not tick, and is right when it is shown again. */
export function startClock(): void {
  setInterval(() => {
    if (!document.hidden) tick()
  }, 1000)
  document.addEventListener('visibilitychange', tick)
}
