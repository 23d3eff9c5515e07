import { computed, signal } from '@preact/signals'
import { inUtc } from '../preferences/preferences.ts'

/** The time zone by which the services tell the person's days; the browser's until it is known. */
export const ownZone = signal(Intl.DateTimeFormat().resolvedOptions().timeZone)

/** The time zone in which times are shown. */
export const shownZone = computed(() => (inUtc.value ? 'UTC' : ownZone.value))
