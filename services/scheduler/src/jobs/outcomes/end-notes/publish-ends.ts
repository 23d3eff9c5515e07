import { growingPause } from '@daybook/shared/async/growing-pause'
import { startLoop } from '@daybook/shared/async/loop'
import { type Envelope, jobTopics, toMessage } from '@daybook/shared/events'
import { isOutage, waitOut } from '@daybook/shared/failures/outage'
import type { KafkaPort } from '@daybook/shared/kafka'
import { sweepLease } from '@daybook/shared/outbox'
import { jobFinished } from '../../stored/finish-store.ts'
import type { JobsBase } from '../../stored/open-jobs-store.ts'
import type { EndNote, EndNotes } from './end-note-store.ts'

/** Publishes the JobFinished of jobs that succeeded together. */
export interface EndPublisher {
  /**
   * Begins to publish events, and removes the note when Kafka has them. During an outage a sweep publishes them later.
   * Resolves when the events of the call before are published or left to a sweep: so no more than two calls are in memory.
   */
  publish: (note: EndNote, events: Envelope[]) => Promise<void>
  /** Publishes what was begun, and ends the sweeps. */
  stop: () => Promise<void>
}

/** The shortest time between two sweeps, and the minimum age of the notes that they find, in milliseconds. */
const SWEEP_MS = 5000
const MAX_NOTES = 1000
/** For how many milliseconds a note stays after its events are published. Much less than a sweep takes to find it. */
const REMOVE_MS = 250

type Deps = Pick<JobsBase, 'connection' | 'now' | 'log' | 'fail'> & {
  notes: EndNotes
  kafka: Pick<KafkaPort, 'publish'>
}

/** Opens the publisher and begins to sweep: the events of a process that died are published by another one. */
export function openEndPublisher({ connection, now, log, fail, notes, kafka }: Deps): EndPublisher {
  const stopping = new AbortController()
  let last: Promise<void> = Promise.resolve()
  // Notes whose events are published. They are removed together, because each removal is a request to MongoDB.
  const published: string[] = []
  let removal: NodeJS.Timeout | undefined
  const send = (events: Envelope[]) =>
    kafka.publish(
      jobTopics.finished.name,
      events.map(event => toMessage(event, event.subject)),
    )

  async function announce(note: EndNote, events: Envelope[]): Promise<void> {
    if (events.length > 0) await send(events)
    published.push(note._id)
    removal ??= setTimeout(() => {
      last = last.then(() => unlessOutage(remove))
    }, REMOVE_MS)
  }

  async function remove(): Promise<void> {
    clearTimeout(removal)
    removal = undefined
    if (published.length > 0) await notes.end(published.splice(0))
  }

  async function unlessOutage(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!isOutage(error)) return fail(error as Error)
      log.debug({ err: error }, 'a sweep will publish the ends of some jobs')
    }
  }

  const pause = growingPause(SWEEP_MS)
  const maySweep = sweepLease(connection, 'job_end_notes')
  async function sweep(): Promise<number> {
    const left = await notes.left(new Date(now().getTime() - SWEEP_MS), MAX_NOTES)
    pause.looked(left.length > 0)
    if (left.length > 0 && (await maySweep())) for (const note of left) await publishAgain(note)
    return pause.ms()
  }

  async function publishAgain(note: EndNote): Promise<void> {
    const jobs = await notes.jobsOf(note)
    const ending = { state: 'succeeded', at: note.at } as const
    const ended = jobs.filter(
      ({ state, finishedAt }) => state === ending.state && finishedAt?.getTime() === note.at.getTime(),
    )
    if (ended.length > 0) await send(ended.map(job => jobFinished(job, ending)))
    // The process that wrote the note may only be slow: an attempt in hand can still end as the note says.
    const inHand = jobs.filter(({ state }) => state === 'sent' || state === 'running').map(({ _id }) => _id)
    await (inHand.length === 0 ? notes.end([note._id]) : notes.narrow(note._id, inHand))
  }

  const waiting = { log, signal: stopping.signal }
  const loop = startLoop(() => waitOut('looking for ends of jobs to publish', sweep, waiting), fail)
  return {
    async publish(note, events) {
      if (pause.shorten()) loop.wake()
      const before = last
      last = before.then(() => unlessOutage(() => announce(note, events)))
      await before
    },
    async stop() {
      stopping.abort()
      await Promise.all([loop.stop(), last])
      await unlessOutage(remove)
    },
  }
}
