import { Axis } from './axis.tsx'
import { Changes } from './changes.tsx'
import { NextFirings, useNext } from './next-firings.tsx'
import { PastFirings, usePast } from './past-firings.tsx'
import type { Kind } from './read-schedules.ts'

interface Props {
  name: string
  /** Changes when there may be more firings. */
  version: string
}

/** The firings of a schedule: those to come and those that were, on one axis and as tables. */
export function Firings({ name, kind, isPaused, version }: Props & { kind: Kind; isPaused: boolean }) {
  const [next, past] = [useNext(name, version), usePast(name, kind, version)]
  return (
    <>
      {next.data && past.data && past.data.length > 0 && <Axis past={past.data} next={next.data.next} />}
      <NextFirings read={next} isPaused={isPaused} />
      <PastFirings name={name} read={past} />
      {kind === 'user' && <Changes name={name} version={version} />}
    </>
  )
}

/** What is known of a schedule that was deleted. */
export const Former = ({ name, version }: Props) => (
  <>
    <PastFirings name={name} read={usePast(name, 'user', version)} />
    <Changes name={name} version={version} />
  </>
)
