import type { ComponentChildren } from 'preact'
import { href } from '../../address/address.ts'
import { jobPath, schedulePath, tracePath } from '../../address/page-paths.ts'
import { Facts } from '../../elements/facts.tsx'
import { useRead } from '../../elements/use-read.ts'
import { Time } from '../../time/time.tsx'
import type { Job } from '../job/job.ts'
import { DEFAULT_ATTEMPTS, readAttempts } from '../job/read-attempts.ts'

/** What is known of a job, with links to all that it belongs to. */
export function JobFacts({ job }: { job: Job }) {
  const { data: attempts } = useRead(readAttempts, [])
  const { kind, lane, key, group, schedule, trace, cause, failures, crashes } = job
  const most = attempts?.get(kind) ?? DEFAULT_ATTEMPTS
  return (
    <Facts
      of={[
        [
          'Kind',
          <Link key="kind" to={`/jobs?${new URLSearchParams({ view: 'kinds', kind })}`} text={kind} />,
        ],
        ['Lane', <Link key="lane" to={`/jobs?${new URLSearchParams({ lane })}`} text={lane} />],
        ['Key', key && <Link to={`/jobs?${new URLSearchParams({ key })}`} text={key} />],
        ['Group', group && <Link to={`/jobs?${new URLSearchParams({ group })}`} text={group} />],
        ['Schedule', schedule && <Link to={schedulePath(schedule)} text={schedule} />],
        ['Trace', trace && <Link to={tracePath(trace)} text={trace} />],
        ['Continues', cause && <Cause cause={cause} />],
        [
          'Attempts',
          failures === 0 ? job.attempt : `${job.attempt}; ${failures} failed, of ${most} that may`,
        ],
        ['Deaths of workers', crashes > 0 ? crashes : undefined],
        ['Priority', job.priority],
        ['Owner', job.owner],
        ['Added', <Time key="added" at={job.addedAt} />],
        ['Due', instant(job.dueAt)],
        ['Started', instant(job.startedAt)],
        ['Ended', instant(job.finishedAt)],
        ['Expires', instant(job.expiresAt)],
      ]}
    />
  )
}

const instant = (at: string | undefined): ComponentChildren => at && <Time at={at} />

const Link = ({ to, text }: { to: string; text: string }) => <a href={href(to)}>{text}</a>

function Cause({ cause: { job, group } }: { cause: NonNullable<Job['cause']> }) {
  if (job !== undefined) return <Link to={jobPath(job)} text={job} />
  if (group === undefined) return null
  return <Link to={`/jobs?${new URLSearchParams({ group })}`} text={`the group ${group}`} />
}
