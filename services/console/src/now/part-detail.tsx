import { href } from '../address/address.ts'
import { OpenedHeading } from '../address/opened-heading.tsx'
import { type Column, DataTable } from '../elements/data-table.tsx'
import { Facts } from '../elements/facts.tsx'
import { Ago, Time } from '../time/time.tsx'
import { AlarmList } from './alarm-list.tsx'
import { DayOfRates } from './day-of-rates.tsx'
import type { GroupLag } from './lag.ts'
import { lagText } from './lags.tsx'
import { State } from './part-table.tsx'
import { alarmsOf, isService, type PartNow, titles } from './parts-now.ts'
import { numberText } from './rates.ts'
import type { NowRead } from './read-now.ts'

/** A part of Daybook: what is wrong with it, how far its consumers are, and what it did in the last 24 hours. */
export function PartDetail({ part, now }: { part: PartNow; now: NowRead }) {
  const { name, since, troubles, version, lags } = part
  const { alarms, unknown } = alarmsOf(now)
  return (
    <>
      <p>
        <a href={href('/now')}>« All parts</a>
      </p>
      <OpenedHeading>{titles[name]}</OpenedHeading>
      <Facts
        of={[
          ['State', <State key="state" part={part} />],
          ['Since', since !== undefined && <Since at={since} />],
          ['Version', version],
          ...Object.entries(troubles).map(([about, why]) => [`Trouble: ${about}`, why] as const),
        ]}
      />
      {lags !== undefined && lags.length > 0 && <Groups lags={lags} />}
      {isService(name) && (
        <>
          <AlarmList
            alarms={alarms.filter(({ service }) => service === name)}
            unknown={unknown.filter(one => one === name || one.endsWith(` of ${name}`))}
          />
          <DayOfRates service={name} />
        </>
      )}
    </>
  )
}

const Since = ({ at }: { at: string }) => (
  <>
    <Time at={at} /> (<Ago at={at} />)
  </>
)

const columns: readonly Column<GroupLag>[] = [
  { title: 'Group', cell: ({ group }) => group },
  { title: 'Topic', cell: ({ topic }) => topic },
  { title: 'Behind', cell: lag => lagText(lag, 'steady') },
  { title: 'Records that follow', isNumber: true, cell: ({ records }) => numberText(records) },
]

const Groups = ({ lags }: { lags: readonly GroupLag[] }) => (
  <section aria-labelledby="groups">
    <h2 id="groups">Consumer groups</h2>
    <DataTable
      caption="Consumer groups"
      columns={columns}
      rows={lags}
      keyOf={({ group, topic }) => `${group} ${topic}`}
    />
    <p class="help">
      All processes of a group together, as one of them has measured it: a process that has just started may
      know too short a time.
    </p>
  </section>
)
