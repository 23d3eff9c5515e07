import { Axis } from './axis.tsx'
import { Changes } from './changes.tsx'
import { NextFirings, useNext } from './next-firings.tsx'
import { PastFirings, usePast } from './past-firings.tsx'

interface Props {
  name: string
  /** The kind of its jobs; undefined: it adds none. */
  job: string | undefined
  isPaused: boolean
  /** Changes when there may be more firings. */
  version: string
}

/** The firings of an operator's schedule: those to come, those that were, and who changed them. */
export function Firings({ name, job, isPaused, version }: Props) {
  const [next, past] = [useNext(name, version), usePast(name, version)]
  return (
    <>
      {next.data && past.data && past.data.jobs.length > 0 && (
        <Axis past={past.data.jobs} next={next.data.next} />
      )}
      <NextFirings read={next} isPaused={isPaused} />
      <PastFirings name={name} read={past} job={job} />
      <Changes name={name} version={version} />
    </>
  )
}

/** The ends of days to come, for the schedule of a time zone. */
export const DayEnds = ({ name, version }: Pick<Props, 'name' | 'version'>) => (
  <NextFirings read={useNext(name, version)} isPaused={false} />
)

/** What is known of a schedule that was deleted. */
export const Former = ({ name, version }: Pick<Props, 'name' | 'version'>) => (
  <>
    <PastFirings name={name} read={usePast(name, version)} job={undefined} />
    <Changes name={name} version={version} />
  </>
)
