import type { Continuation, JobRequest } from '@daybook/shared/events'

/** A job of a group, as it is requested. */
export interface Member {
  /** An id that the requester chose. */
  id?: string
  request: JobRequest
}

export interface NewGroup {
  /** An id that the requester chose: the same request twice under one id makes one group. */
  id?: string
  owner: string
  jobs: Member[]
  /** The job to add when all jobs of the group have ended. */
  then?: Continuation
  /** True: more jobs can be added until the group is closed. */
  open: boolean
  /** The job whose handler requests the group. */
  parent?: string
  traceparent?: string
  /** See `Validation.wait`. */
  wait?: boolean
}

/** What became of a request: the group, and the ids of its jobs in the order of the request. */
export interface AddedGroup {
  id: string
  status: 'added' | 'exists'
  jobs: string[]
}
