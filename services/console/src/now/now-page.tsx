import { useEffect } from 'preact/hooks'
import { href, path } from '../address/address.ts'
import { away } from '../api/parts.ts'
import { announce } from '../elements/announcer.tsx'
import { useRowKeys } from '../elements/lists/row-keys.ts'
import { Mark, type Tone } from '../elements/mark.tsx'
import { Empty, Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { useEvery } from '../live/use-every.ts'
import { Ago } from '../time/time.tsx'
import { AlarmList } from './alarm-list.tsx'
import { type Headline, headlineOf } from './headline.ts'
import { PartDetail } from './part-detail.tsx'
import { PartTable } from './part-table.tsx'
import { alarmsOf, type PartNow, partsOf, versionsOf } from './parts-now.ts'
import { type NowRead, readNow } from './read-now.ts'
import { WaitingTable } from './waiting-table.tsx'

const EVERY_MS = 10_000

/** Whether anything is wrong, how far everything is, and what waits. */
export function NowPage() {
  const read = useRead(readNow, ['now'], useEvery(EVERY_MS))
  const [, name] = path.value
  return (
    <Shown read={read} what="the state of Daybook">
      {data => {
        const parts = partsOf(data, away.value.get('gateway'))
        if (name === undefined) return <Overview now={data} parts={parts} readAt={read.readAt} />
        const part = parts.find(one => one.name === name)
        return part ? <PartDetail key={name} part={part} now={data} /> : <NoPart name={name} />
      }}
    </Shown>
  )
}

interface OverviewProps {
  now: NowRead
  parts: readonly PartNow[]
  readAt: number
}

function Overview({ now, parts, readAt }: OverviewProps) {
  useRowKeys()
  const { alarms, unknown } = alarmsOf(now)
  const at = now.status.data?.at
  const versions = versionsOf(parts)
  const [version] = versions
  return (
    <>
      <FirstLine {...headlineOf({ parts, alarms, unknown })} />
      <PartTable parts={parts} readAt={readAt} hasVersions={versions.size > 1} />
      <AlarmList alarms={alarms} unknown={unknown} />
      <WaitingTable now={now} />
      <p class="help">
        {at !== undefined && (
          <>
            Seen <Ago at={at} />.{' '}
          </>
        )}
        Looked at every 10 s while this page is visible.
        {versions.size === 1 && version !== undefined && ` The version of Daybook is ${version}.`}
      </p>
    </>
  )
}

const words: Record<Tone, string> = { good: 'well', bad: 'wrong', warning: 'warning', idle: 'not known' }

function FirstLine({ tone, text, to }: Headline) {
  // A number in the text changes with each look.
  useEffect(() => announce(text), [tone])
  return (
    <p class={`first-line ${tone}`}>
      <Mark tone={tone}>{words[tone]}</Mark> {text} {to !== undefined && <a href={href(to)}>Look at it</a>}
    </p>
  )
}

const NoPart = ({ name }: { name: string }) => (
  <Empty>
    <p>
      Daybook has no part {name}. <a href={href('/now')}>Show all parts</a>
    </p>
  </Empty>
)
