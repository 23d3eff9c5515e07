import { containing } from '@daybook/shared/mongo/containing'
import type { QueryFilter } from 'mongoose'
import { finalStates, type Job, type JobState, openStates } from '../stored/job.ts'
import { present } from '../stored/present.ts'
import type { JobFilter } from './job-filter.ts'

type Filter = QueryFilter<Job>

/** An index that finds jobs of a list, and what of the list it finds. */
export interface Source {
  index: string
  /** The conditions that the index answers. It has these jobs in the order of their ids, unless `unordered`. */
  prefix: Filter
  /** All conditions. */
  filter: Filter
  /** Only jobs whose ids begin with this text. */
  idPrefix?: string
  /** The index has its jobs in another order: all of them are examined, and sorted. */
  unordered?: true
  /** For an unordered index of jobs that can be very many: what to read instead then. */
  whenMany?: Source
}

/**
 * Chooses the indexes that find the jobs of a filter. Each job of the filter is in at least one of them.
 *
 * | filter | index | examined |
 * |---|---|---|
 * | `group` | group, state, id | the members in these states |
 * | `key` | key, id | the jobs of the key |
 * | `trace` | traceparent | the jobs of the traces; when they are many, as by kind, by owner, or all |
 * | state failed, cancelled or expired | state, id | the jobs of the state |
 * | state sent or running | the jobs that workers hold | these; workers bound them by their slots |
 * | state waiting | those of the dispatcher | these; when they are many, as by kind, by owner, or all |
 * | `kind`; owner; nothing else | kind, id; owner, id; id | the jobs of the kind; of the owner; all |
 * | `q` | id; and as for failed jobs with the error | the jobs with this beginning of the id; failed jobs |
 *
 * Other conditions are checked on what the index yields. `readSource` limits how many jobs a page examines for that.
 */
export function sourcesOf({ q, ...filter }: JobFilter): Source[] {
  if (q !== undefined) {
    const { states, ...others } = filter
    const mayHaveFailed = states === undefined || states.includes('failed')
    const failed = mayHaveFailed ? sourcesOf({ ...others, states: ['failed'] }) : []
    return [beginning(q, filter), ...failed.map(source => withError(source, q))]
  }
  const { group, key, trace, states } = filter
  if (group !== undefined) return [ofGroup(group, filter)]
  if (key !== undefined) return [{ index: 'key', prefix: { key }, filter: conditions(filter) }]
  if (trace !== undefined) return [ofTraces(trace, filter)]
  if (states === undefined) return [ordered(filter)]
  return states.map(state => ofState(state, { ...filter, states: [state] }))
}

const beginning = (idPrefix: string, filter: JobFilter): Source => ({
  index: '_id_',
  prefix: {},
  filter: conditions(filter),
  idPrefix,
})

/** The jobs of a source whose errors contain a text, besides the one that its filter may have. */
const withError = (source: Source, text: string): Source => ({
  ...source,
  filter: { ...source.filter, $and: [{ error: containing(text) }] },
})

function ofGroup(group: string, filter: JobFilter): Source {
  const states = filter.states ?? [...openStates, ...finalStates]
  const all = { ...filter, states }
  return { index: 'group', prefix: conditions({ group, states }), filter: conditions(all) }
}

function ofTraces(trace: readonly string[], filter: JobFilter): Source {
  const [prefix, unordered] = [conditions({ trace }), true as const]
  return { index: 'trace', prefix, filter: conditions(filter), unordered, whenMany: ordered(filter) }
}

/** The index of the kind, of the owner, or of all jobs. */
function ordered(filter: JobFilter): Source {
  const { kind, owner } = filter
  const all = conditions(filter)
  if (kind !== undefined) return { index: 'kind', prefix: { kind }, filter: all }
  if (owner !== undefined) return { index: 'owner', prefix: { owner }, filter: all }
  return { index: '_id_', prefix: {}, filter: all }
}

function ofState(state: JobState, filter: JobFilter): Source {
  const all = conditions(filter)
  const unordered = true
  switch (state) {
    case 'failed':
    case 'cancelled':
    case 'expired':
      return { index: 'unsuccessful', prefix: { state }, filter: all }
    case 'sent':
      return { index: 'sent', prefix: { state }, filter: all, unordered }
    case 'running':
      return {
        index: 'inHand',
        prefix: { worker: { $exists: true } },
        filter: { ...all, worker: { $exists: true } },
        unordered,
      }
    case 'succeeded':
      return ordered(filter)
    case 'delayed':
    case 'ready':
      return { index: state, prefix: { state }, filter: all, unordered, whenMany: ordered(filter) }
    case 'held': {
      const gate = { $exists: true }
      const prefix = { gate, state }
      return { index: 'gate', prefix, filter: { ...all, gate }, unordered, whenMany: ordered(filter) }
    }
  }
}

function conditions({
  owner,
  kind,
  key,
  group,
  trace,
  states,
  error,
  lane,
  schedule,
  ...times
}: JobFilter): Filter {
  const state = states?.length === 1 ? states[0] : states && { $in: states }
  const pattern = error === undefined ? undefined : containing(error)
  const addedAt = range({ $gte: times.addedFrom, $lt: times.addedBefore })
  const finishedAt = range({ $lte: times.endedBy })
  return present({
    owner,
    kind,
    key,
    group,
    traceparent: trace && { $in: trace.map(inTrace) },
    state,
    error: pattern,
    lane,
    schedule,
    addedAt,
    finishedAt,
  }) as Filter
}

// An expression that begins with a fixed text is a range of an index.
const inTrace = (trace: string) => new RegExp(`^00-${trace}-`)

/** The condition of these bounds that are given; undefined if none is. */
function range(bounds: Record<string, Date | undefined>) {
  const given = present(bounds)
  return Object.keys(given).length === 0 ? undefined : given
}
