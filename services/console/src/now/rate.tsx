import { factsOf, flows, minutesOver, numberText, sumOf } from './rates.ts'
import type { Answer, RatesRead, ServiceName } from './read-now.ts'

interface Props {
  service: ServiceName
  rates: Answer<RatesRead>
}

/** What comes to a service in a minute, and what it does with it: as a number, and as a line of the last hour. */
export function Rates({ service, rates }: Props) {
  const { data } = rates
  if (data === undefined) return <span class="quiet">no answer</span>
  return (
    <ul class="rates">
      {flows[service].map(({ title, of }) => (
        <Rate key={title} title={title} values={sumOf(data.series, of)} minutes={minutesOver(data)} />
      ))}
    </ul>
  )
}

interface RateProps {
  title: string
  /** The counts of each minute. */
  values: readonly number[]
  /** How many of the minutes are over. */
  minutes: number
}

function Rate({ title, values, minutes }: RateProps) {
  const { last, mean, most } = factsOf(values, minutes)
  const inWords = `In the last minute ${numberText(last)}; ${numberText(mean)} a minute in the last 15; at most ${numberText(most)} in a minute of the last hour`
  return (
    <li title={inWords}>
      <span class="number">{numberText(last)}</span> <span class="name">{title}</span>
      <Sparkline values={values.slice(0, minutes)} />
      <span class="quiet">
        mean {numberText(mean)}, most {numberText(most)}
      </span>
    </li>
  )
}

/** A line of 60 by 16 for the values. The numbers beside it say what matters of it. */
function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) return null
  return (
    <svg class="spark" viewBox="0 0 60 16" preserveAspectRatio="none" aria-hidden="true">
      <path d={lineOf(values)} />
    </svg>
  )
}

/** The path of the line: the largest value is at the top, 0 at the bottom. */
function lineOf(values: readonly number[]): string {
  const most = Math.max(1, ...values)
  const x = (i: number) => ((i * 60) / (values.length - 1)).toFixed(1)
  const y = (value: number) => (15 - (value / most) * 14).toFixed(1)
  return values.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(value)}`).join('')
}
