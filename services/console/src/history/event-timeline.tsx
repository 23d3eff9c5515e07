import { href } from '../address/address.ts'
import { Mark, type Tone } from '../elements/mark.tsx'
import { durationText } from '../time/duration-text.ts'
import { Time } from '../time/time.tsx'
import { Copied } from './copied.tsx'
import { type Entry, type EntryState, gapBefore } from './entry.ts'
import type { EventEntries } from './timeline.ts'

const states: Record<EntryState, { word: string; tone: Tone }> = {
  done: { word: 'done', tone: 'good' },
  waits: { word: 'later', tone: 'idle' },
  late: { word: 'late', tone: 'bad' },
  unknown: { word: 'not known', tone: 'warning' },
  failed: { word: 'failed', tone: 'bad' },
  ended: { word: 'ended', tone: 'warning' },
}

/** What became of an event, from its request to the line in a log file. */
export function EventTimeline({ step: { sequence, type }, entries }: EventEntries) {
  return (
    <li data-key={sequence}>
      <h2>
        {sequence}. {type}
      </h2>
      <ol class="timeline">
        {entries.map((entry, i) => (
          <Line key={entry.key} entry={entry} gapMs={gapBefore(entries, i)} />
        ))}
      </ol>
    </li>
  )
}

function Line({ entry, gapMs }: { entry: Entry; gapMs: number | undefined }) {
  const { title, state, at, note, ids, to, isBranch } = entry
  const { word, tone } = { ...states[state], ...(entry.word && { word: entry.word }) }
  return (
    <li class={`step-${state}${isBranch ? ' branch' : ''}`}>
      <p>
        <strong>{to === undefined ? title : <a href={href(to)}>{title}</a>}</strong>{' '}
        {state !== 'done' && <Mark tone={tone}>{word}</Mark>}{' '}
        {at !== undefined && (
          <span class="step-time">
            <Time at={at} toTheSecond />
            {gapMs !== undefined && <span class="gap-before"> {gapText(gapMs)}</span>}
          </span>
        )}
      </p>
      {note && <p class="quiet">{note}</p>}
      {ids.length > 0 && (
        <dl class="ids">
          {ids.map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Copied text={text} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}

/** `+20 ms`, `+4 min`; a step of which the clock of another process said an earlier time has −. */
export function gapText(ms: number): string {
  const size = Math.abs(ms)
  return `${ms < 0 ? '−' : '+'}${size < 1000 ? `${size} ms` : durationText(size)}`
}
