import { computed, signal } from '@preact/signals'
import { inUtc } from '../preferences/preferences.ts'

/** The person's time zone: that of the token, by which the services tell their days; otherwise the browser's. */
export const ownZone = signal(Intl.DateTimeFormat().resolvedOptions().timeZone)

/** The time zone in which times are shown. */
export const shownZone = computed(() => (inUtc.value ? 'UTC' : ownZone.value))
