import type { Scheduler } from '@daybook/client'
import { href } from '../../address/address.ts'
import { jobPath } from '../../address/page-paths.ts'
import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import { Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { Time } from '../../time/time.tsx'
import { hasEnded, states } from '../job/job.ts'

export type Group = Scheduler.components['schemas']['Group']

async function readGroup(id: string, signal: AbortSignal) {
  const { data, error } = await schedulerApi.GET('/groups/{id}', { params: { path: { id } }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

/** A group of jobs above the list of them. @param version changes when it may have changed */
export function GroupSummary({ id, version }: { id: string; version: unknown }) {
  const read = useRead(signal => readGroup(id, signal), [id], version)
  return (
    <section class="group" aria-label={`The group ${id}`}>
      <h2>Group {id}</h2>
      <Shown read={read} what="the group">
        {group => (
          <>
            <GroupCounts group={group} />
            <p class="help">
              {group.parent === undefined ? (
                `Made by ${group.owner}`
              ) : (
                <>
                  Made by the job <a href={href(jobPath(group.parent))}>{group.parent}</a>
                </>
              )}
              , <Time at={group.addedAt} />. It is {group.state}
              {group.finishedAt && (
                <>
                  {' '}
                  since <Time at={group.finishedAt} />
                </>
              )}
              .
            </p>
          </>
        )}
      </Shown>
    </section>
  )
}

/** How many jobs of a group have ended, and how many are in which state. */
export function GroupCounts({ group: { id, counts } }: { group: Group }) {
  const ended = states.filter(hasEnded).reduce((sum, state) => sum + counts[state], 0)
  const text = `${ended.toLocaleString('en')} of ${counts.total.toLocaleString('en')} have ended`
  return (
    <p class="job-progress">
      <progress
        value={ended}
        max={Math.max(1, counts.total)}
        aria-label={`Group ${id}`}
        aria-valuetext={text}
      />
      <span>
        {text}
        {states
          .filter(state => counts[state] > 0)
          .map(state => (
            <span key={state}>
              {' · '}
              <a href={href(`/jobs?${new URLSearchParams({ group: id, state })}`)}>
                {counts[state].toLocaleString('en')} {state}
              </a>
            </span>
          ))}
      </span>
    </p>
  )
}
