import { href } from '../address/address.ts'
import { Mark } from '../elements/mark.tsx'
import { Empty } from '../elements/states.tsx'
import { nobody } from './run.ts'

/** The reasons why there is no run. */
export const noRunCodes: ReadonlySet<string> = new Set([
  'DAYBOOK_DAY_EMPTY',
  'DAYBOOK_RUN_PENDING',
  'DAYBOOK_RUN_NOT_FOUND',
])

interface Props {
  code: string
  detail: string | undefined
  runNow: () => void
}

/** Says why a day has no run in a time zone. A day on which nobody completed anything is a success. */
export function NoRun({ code, detail, runNow }: Props) {
  if (code === 'DAYBOOK_DAY_EMPTY')
    return (
      <p>
        <Mark tone={nobody.tone}>{nobody.word}</Mark> {nobody.sentence}
      </p>
    )
  if (code === 'DAYBOOK_RUN_PENDING')
    return (
      <>
        <p>
          <Mark tone="warning">not begun</Mark> The day is over in this time zone, and reporting has not
          received its end. If that lasts, the scheduler or Kafka is away, or the setting TIME_ZONES does not
          list the zone.
        </p>
        <p class="commands">
          <button type="button" onClick={runNow}>
            Make the run
          </button>
        </p>
      </>
    )
  return (
    <Empty>
      <p>
        {detail} <a href={href('/runs')}>Show all runs</a>
      </p>
    </Empty>
  )
}
