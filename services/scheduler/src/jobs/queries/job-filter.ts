import { type FinalState, finalStates, type JobState, waitingStates } from '../stored/job.ts'

/** The states of a job as the REST API shows them. */
export const apiStates = ['waiting', 'sent', 'running', ...finalStates] as const
export type ApiState = (typeof apiStates)[number]

/** The stored states that the REST API shows as one state. */
export const storedStates = (state: ApiState): readonly JobState[] =>
  state === 'waiting' ? waitingStates : [state]

/** The state of a job as the REST API shows it. */
export const apiStateOf = (state: JobState): ApiState =>
  state === 'delayed' || state === 'ready' || state === 'held' ? 'waiting' : state

export const hasEnded = (state: JobState): state is FinalState =>
  (finalStates as readonly string[]).includes(state)

/** The id of the trace in which a job was added, by which a filter finds it; undefined without a trace context that has one. */
export const traceIn = (traceparent: string | undefined): string | undefined =>
  /^00-([0-9a-f]{32})-/.exec(traceparent ?? '')?.[1]

/** Which jobs a list or a command is about: those that meet all conditions. */
export interface JobFilter {
  owner?: string | undefined
  kind?: string | undefined
  key?: string | undefined
  group?: string | undefined
  /** Added in one of these traces: ids of 32 hexadecimal digits. */
  trace?: readonly string[] | undefined
  states?: readonly JobState[] | undefined
  /** The id begins with this text, or the job failed with an error that contains it, in upper or lower case. */
  q?: string | undefined
  /** The error of the job contains this text, in upper or lower case. */
  error?: string | undefined
  lane?: string | undefined
  schedule?: string | undefined
  /** Added at this instant or later. */
  addedFrom?: Date | undefined
  /** Added before this instant. */
  addedBefore?: Date | undefined
  /** Ended at this instant or earlier. */
  endedBy?: Date | undefined
}
