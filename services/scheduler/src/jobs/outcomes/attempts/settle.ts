import type { EmbeddedEvent } from '@daybook/shared/outbox'
import type { Incident } from '../../../mail/episode.ts'
import type { Mailer } from '../../../mail/mailer.ts'
import type { Kinds } from '../../kinds/kind-store.ts'
import type { KindOutcomes } from '../../limits/failing.ts'
import type { Job } from '../../stored/job.ts'
import type { JobsBase } from '../../stored/open-jobs-store.ts'
import { present } from '../../stored/present.ts'
import type { AttemptTimes, FinishedJob } from '../../stored/signals.ts'
import type { EndPublisher } from '../end-notes/publish-ends.ts'
import type { Attempts } from './attempt-store.ts'
import type { Change } from './attempt-updates-store.ts'
import type { Folded } from './fold-reports.ts'
import { kindOutcomes } from './kind-outcomes.ts'
import { nextState } from './next-state.ts'

/** What settling attempts needs. */
export interface SettleDeps {
  base: Pick<JobsBase, 'now' | 'signals'>
  kinds: Pick<Kinds, 'getMany'>
  attempts: Attempts
  /** Publishes stored events soon. */
  offer: (events: EmbeddedEvent[]) => void
  /** Publishes the events of a note now. */
  publishEnds: EndPublisher['publish']
  /** Lets no job of a kind start before an instant of the broker's clock. */
  pause: (kind: string, untilBrokerMs: number) => Promise<void>
  /** Counts failures in a row. */
  noteOutcomes: (outcomes: readonly KindOutcomes[]) => Promise<void>
  mailer: Pick<Mailer, 'report' | 'recovered'>
}

/** What is known about a job with an attempt in hand. */
export type Settled = { job: Job } & Pick<Folded, 'started' | 'progress' | 'end'>

/**
 * Writes what became of attempts in hand, and tells everybody who waits for it. Failures are reported before they are
 * written: after a crash between the two the reports come again and count once.
 * @returns the ids of jobs that have changed since they were read, and of those that start with one of them: read them again
 *   and decide again
 */
export async function settle(deps: SettleDeps, settled: readonly Settled[]): Promise<string[]> {
  if (settled.length === 0) return []
  const kinds = await deps.kinds.getMany(settled.map(({ job }) => job.kind))
  // One time for all: an end note names it.
  const now = deps.base.now()
  const changes = settled.map(one => changeOf(one, kinds, now))
  const ended = settled.flatMap((one, i) => {
    const { next } = changes[i] as Change
    return one.end === undefined || next === undefined ? [] : [{ ...one, end: one.end, next }]
  })
  for (const { job, end } of ended)
    if (end.pauseMs !== undefined) await deps.pause(job.kind, end.at.getTime() + end.pauseMs)
  await Promise.all([tellMailer(deps, ended, kinds), deps.noteOutcomes(kindOutcomes(ended))])
  const { events, ended: noted, unsure } = await deps.attempts.write(changes)
  if (events.length > 0) deps.offer(events)
  if (noted !== undefined) await deps.publishEnds(noted.note, noted.events)
  const left = new Set(unsure)
  signal(
    deps.base.signals,
    ended.filter(({ job }) => !left.has(job._id)),
  )
  const times = settled.map(timesOf)
  if (times.length > 0) deps.base.signals.emit('attempts', times)
  return unsure
}

type KindMap = Awaited<ReturnType<Kinds['getMany']>>
type Ended = Settled & { end: NonNullable<Settled['end']>; next: NonNullable<Change['next']> }

function changeOf({ job, started, progress, end }: Settled, kinds: KindMap, now: Date): Change {
  const change = {
    read: job,
    ...(started === undefined ? {} : { started }),
    ...(progress === undefined ? {} : { progress }),
  }
  const kind = kinds.get(job.kind)
  if (end === undefined || kind === undefined) return change
  const held = { ...job, worker: end.worker, ...(started === undefined ? {} : { startedAt: started.at }) }
  const next = nextState(held, kind, end.how, { now, random: Math.random() })
  return { ...change, next: { ...next, lane: kind.lane } }
}

async function tellMailer({ mailer }: SettleDeps, ended: readonly Ended[], kinds: KindMap): Promise<void> {
  const incidents: Incident[] = []
  const recoveries = new Map<string, { about: string; at: Date }>()
  for (const { job, end, next } of ended) {
    const about = `kind ${job.kind}`
    if (!('ends' in next)) continue
    const { state, error = '' } = next.ends
    if (state === 'succeeded') recoveries.set(about, { about, at: end.at })
    if (state === 'failed')
      incidents.push({ about, error, subject: job._id, at: end.at, to: kinds.get(job.kind)?.mailTo ?? [] })
  }
  if (incidents.length > 0) await mailer.report(incidents)
  if (recoveries.size > 0) await mailer.recovered([...recoveries.values()])
}

function signal(signals: SettleDeps['base']['signals'], ended: readonly Ended[]): void {
  if (ended.length === 0) return
  const finished = ended.flatMap(({ job, next }) => ('ends' in next ? [finishedJob(job, next.ends)] : []))
  if (finished.length > 0) signals.emit('finished', finished)
  const gates = new Set(ended.flatMap(({ job }) => job.gate ?? []))
  if (gates.size > 0) signals.emit('gatesFreed', [...gates])
  signals.emit('work', undefined)
}

/** How long an attempt waited, if it has just started, and how long it ran, if it has ended. */
function timesOf({ job, started, end }: Settled): AttemptTimes {
  const startedAt = started?.at ?? job.startedAt
  const since = (from: Date, to: Date) => Math.max(0, to.getTime() - from.getTime())
  return {
    kind: job.kind,
    ...(started === undefined ? {} : { waitedMs: since(job.dueAt, started.at) }),
    ...(end === undefined || startedAt === undefined ? {} : { ranMs: since(startedAt, end.at) }),
  }
}

function finishedJob(
  { _id: id, kind, lane, gate, group, then }: Job,
  { state, reason, error }: Pick<FinishedJob, 'state' | 'reason' | 'error'>,
): FinishedJob {
  return { id, kind, lane, state, ...present({ gate, group, then, reason, error }) }
}
