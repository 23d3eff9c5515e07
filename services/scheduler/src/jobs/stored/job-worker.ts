/**
 * A document of the collection `job_workers`: one process of a worker. `_id` is its id, which is new at each start.
 */
export interface JobWorker {
  _id: string
  name: string
  version: string
  /** `kafka`: reads lanes from Kafka; `http`: claims its attempts by HTTP. */
  via: 'kafka' | 'http'
  lanes: { lane: string; partitions: number[] }[]
  kinds: string[]
  slots: number
  running: { job: string; attempt: number }[]
  blockedMs: number
  state: 'working' | 'quiet' | 'stopping' | 'stopped'
  /** The partition of daybook.jobs.results that has its records. */
  partition: number
  /** When the broker appended its last beat: its lease ends one lease time later. */
  beatAt: Date
  /** How many of its attempts have ended. */
  ended: number
  /** Set when its lease was found to have ended. It must take a new id. `running` is then what it ran at that time. */
  lostAt?: Date
  /** Set when an operator asked it to take no more attempts. */
  quietAskedAt?: Date
}
