import { clockReaders } from '@daybook/shared/events'

/** The names of reporting's consumer groups. Kafka keeps their committed offsets under these names. */

/** Consumes daybook.tasks into the projection. */
export const projectionGroup = 'reporting-projection'

/** Consumes daybook.tasks into a generation of the projection while that is built, and then into the live one until it is swapped. */
export const rebuildGroup = (generation: number): string => `reporting-rebuild-${generation}`

/** Consumes daybook.clock: makes a run when a day ends. */
export const clockGroup = clockReaders

/** Consumes the log requests of runs: writes log files. */
export const writerGroup = 'reporting-writer'

/** Consumes the log requests of late completions: writes log files. */
export const lateWriterGroup = 'reporting-late-writer'
