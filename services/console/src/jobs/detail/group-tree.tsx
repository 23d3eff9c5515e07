import { useRef, useState } from 'preact/hooks'
import { href } from '../../address/address.ts'
import { jobPath } from '../../address/page-paths.ts'
import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import { Mark } from '../../elements/mark.tsx'
import { Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { useEvents } from '../../live/use-events.ts'
import { firstLine, type ListedJob, tones } from '../job/job.ts'
import { type Group, GroupCounts } from './group-summary.tsx'

/** The subtasks of a job as nested lists: the groups that its handler has made, their jobs, and the groups of these. */

const MEMBERS = 100
const TYPES = new Set(['JobFinished', 'GroupFinished'])

async function readGroupsOf(parent: string, signal: AbortSignal) {
  const { data, error } = await schedulerApi.GET('/groups', { params: { query: { parent } }, signal })
  return data === undefined ? { error: error as Problem } : { data: data.groups }
}

async function readMembers(group: string, signal: AbortSignal) {
  const query = { group, limit: MEMBERS }
  const { data, error } = await schedulerApi.GET('/jobs', { params: { query }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

interface Props {
  /** The id of a job. */
  job: string
  /** Changes when they may have changed. */
  version: unknown
}

/** The groups that the handler of a job has made. */
export function Subtasks({ job, version }: Props) {
  const known = useRef<readonly Group[]>([])
  const events = useEvents(TYPES, ({ data }) => known.current.some(({ id }) => id === data.group))
  const newest = `${version} ${events}`
  const read = useRead(signal => readGroupsOf(job, signal), [job], newest)
  known.current = read.data ?? []
  return (
    <Shown read={read} what="the groups of the job">
      {groups =>
        groups.length === 0 ? (
          <p class="help">Its handler has made no group of jobs.</p>
        ) : (
          <ul class="tree">
            {groups.map(group => (
              <li key={group.id}>
                <GroupBranch group={group} version={newest} />
              </li>
            ))}
          </ul>
        )
      }
    </Shown>
  )
}

function GroupBranch({ group, version }: { group: Group; version: unknown }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <GroupCounts group={group} />
      <details onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>Jobs of the group {group.id}</summary>
        {isOpen && <Members group={group.id} version={version} />}
      </details>
    </>
  )
}

function Members({ group, version }: { group: string; version: unknown }) {
  const read = useRead(signal => readMembers(group, signal), [group], version)
  return (
    <Shown read={read} what="the jobs of the group">
      {({ jobs, nextCursor }) => (
        <>
          <ul class="tree">
            {jobs.map(job => (
              <li key={job.id}>
                <MemberBranch job={job} version={version} />
              </li>
            ))}
          </ul>
          {nextCursor !== null && (
            <p>
              <a href={href(`/jobs?${new URLSearchParams({ group })}`)}>All jobs of the group</a>
            </p>
          )}
        </>
      )}
    </Shown>
  )
}

function MemberBranch({ job, version }: { job: ListedJob; version: unknown }) {
  const [isOpen, setOpen] = useState(false)
  const { id, kind, state, error } = job
  return (
    <>
      <Mark tone={tones[state]}>{state}</Mark> <a href={href(jobPath(id))}>{id}</a> {kind}
      {error !== undefined && <span class="why">{firstLine(error)}</span>}
      {job.attempt > 0 && (
        <details onToggle={event => setOpen(event.currentTarget.open)}>
          <summary>Subtasks of {id}</summary>
          {isOpen && <Subtasks job={id} version={version} />}
        </details>
      )}
    </>
  )
}
