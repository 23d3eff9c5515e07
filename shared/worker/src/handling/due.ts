import type { JobDue } from '../../../src/events/index.ts'

/** An attempt to run, with the trace context of the request that added its job. */
export type Due = JobDue['data'] & Pick<JobDue, 'traceparent'>
