import { useEffect, useRef, useState } from 'preact/hooks'
import { query } from '../address/address.ts'
import { announce } from '../elements/announcer.tsx'
import { isFocusSeen } from '../elements/lists/focus.ts'
import { useRowKeys } from '../elements/lists/row-keys.ts'
import { useHeld } from '../elements/lists/use-held.ts'
import { useScrolledInto } from '../elements/lists/use-scrolled-into.ts'
import { Empty } from '../elements/states.tsx'
import { useKeys } from '../keys/keys.ts'
import { dayOf, secondText } from '../time/local-time.ts'
import { shownZone } from '../time/zone.ts'
import { EventTable } from './event-table.tsx'
import { StreamFilters } from './stream-filters.tsx'
import { filterBy, isFilled, log, newest, paused, type Rows, since } from './watched.ts'

interface Shown extends Rows {
  conditions: string
}

const TELL_MS = 10_000

/** The newest events. New ones wait while the list is paused or scrolled, or while the pointer or the focus is in it. */
export function EventList() {
  const conditions = query.value.toString()
  filterBy(conditions)
  const [releases, setReleases] = useState(0)
  const { isHeld, handlers } = useHeld()
  const { element, isScrolledInto } = useScrolledInto<HTMLDivElement>()
  const { rows, held } = useRows(`${releases} ${conditions}`, isHeld || isScrolledInto)
  const isPaused = paused.value !== undefined
  const release = () => {
    paused.value = undefined
    setReleases(releases + 1)
    window.scrollTo({ top: 0, behavior: 'instant' })
  }
  const toggle = () => {
    if (isPaused) release()
    else paused.value = { rows, added: newest.value.added - held }
  }
  // The button goes away. The list would be held if it got the focus.
  const showNew = ({ currentTarget }: Event) => {
    if (isFocusSeen()) (currentTarget as Element).parentElement?.querySelector('button')?.focus()
    release()
  }
  useRowKeys()
  useKeys([{ key: ' ', does: 'Pause, or resume', run: toggle }])
  useTelling()
  return (
    <>
      <StreamFilters />
      {since.value !== undefined && (
        <p class="quiet">
          Events since {clockText(since.value)} are here, of them the newest 1,000.{' '}
          {isFilled.value || 'Reading those before …'}
        </p>
      )}
      <p class="summary">
        <button type="button" onClick={toggle}>
          {isPaused ? 'Resume' : 'Pause'} <kbd>Space</kbd>
        </button>
        {held > 0 && !isPaused && (
          <button type="button" onClick={showNew}>
            Show {held} new
          </button>
        )}
        <span>{isPaused ? `Paused: ${held} held.` : 'Running.'}</span>
      </p>
      <div ref={element} {...handlers}>
        {rows.length > 0 ? <EventTable rows={rows} /> : <Nothing isFiltered={conditions !== ''} />}
      </div>
    </>
  )
}

/**
 * The rows to show.
 * @param conditions what the rows depend on: with others, the rows are others, wherever the pointer is
 * @returns held: how many newer ones wait
 */
function useRows(conditions: string, isHeld: boolean) {
  // Also read while other rows are shown: the number of those that are held is drawn.
  const { value: now } = newest
  const shown = useRef<Shown>()
  const isKept = isHeld && shown.current?.conditions === conditions && shown.current.rows.length > 0
  if (paused.value !== undefined) shown.current = { ...paused.value, conditions }
  else if (!isKept) shown.current = { ...now, conditions }
  const { rows, added } = shown.current as Shown
  return { rows, held: now.added - added }
}

/** Tells screen readers the number of new events, once in ten seconds. The list is no live region: it would never be silent. */
function useTelling(): void {
  useEffect(() => {
    let told = log.added
    const timer = window.setInterval(() => {
      const count = log.added - told
      told = log.added
      if (count > 0) announce(count === 1 ? '1 new event' : `${count} new events`)
    }, TELL_MS)
    return () => window.clearInterval(timer)
  }, [])
}

/** An instant without its date, as the stream is looked at on the same day. */
function clockText(at: number): string {
  const zone = shownZone.value
  return secondText(at, zone, dayOf(at, zone))
}

const Nothing = ({ isFiltered }: { isFiltered: boolean }) => (
  <Empty>
    <p>
      {isFiltered
        ? 'No event that matches the filter has come yet.'
        : 'No event has come yet. Complete a task, and its event is here within a second.'}
    </p>
  </Empty>
)
