import { canonicalTimeZone } from '@daybook/shared/time/days'

/** The current name of a time zone. */
export const currentName = (older: string): string => canonicalTimeZone(older) ?? older
