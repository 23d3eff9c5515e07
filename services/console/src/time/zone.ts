import { computed, signal } from '@preact/signals'
import { inUtc } from '../preferences/preferences.ts'

/** The person's time zone: that of the token, by which the services tell their days; otherwise the browser's. */
export const ownZone = signal(Intl.DateTimeFormat().resolvedOptions().timeZone)

/** The time zone in which times are shown. */
export const shownZone = computed(() => (inUtc.value ? 'UTC' : ownZone.value))

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Writes an instant: `14:05 CET`, with the date in front of it unless `day` is its date. */
export function timeText(at: number, zone: string, day?: string): string {
  const time = formatter(zone, { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(at)
  return dayOf(at, zone) === day ? time : `${dateText(at, zone)}, ${time}`
}

const dateText = (at: number, zone: string) =>
  formatter(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at)

/** The local date of an instant in a time zone, YYYY-MM-DD. */
export function dayOf(at: number, zone: string): string {
  const parts = formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at)
  const part = (type: string) => parts.find(one => one.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${Object.keys(options).join()}`
  const found = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
  formatters.set(key, found)
  return found
}
