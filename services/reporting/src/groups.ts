/** The names of reporting's consumer groups. Kafka keeps their committed offsets under these names. */

/** Consumes daybook.tasks into the projection. */
export const projectionGroup = 'reporting-projection'

/** Consumes daybook.clock: makes a run when a day ends. */
export const clockGroup = 'reporting-clock'

/** Consumes the private topic of log requests: writes log files. */
export const writerGroup = 'reporting-writer'
