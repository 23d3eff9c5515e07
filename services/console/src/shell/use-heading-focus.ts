import { useEffect, useRef } from 'preact/hooks'
import { path, query } from '../address/address.ts'
import { focusOnLeft } from './left-by.ts'

/** What is shown: its path, and its view. */
const place = () => [...path.value, query.value.get('view') ?? []].flat().join('/')

/** The heading of what is shown: of the thing that is open in a page, or of the page. */
export function shownHeading(): HTMLElement | null {
  const thing = place().includes('/') ? document.querySelector<HTMLElement>('main [data-opened]') : null
  return thing ?? document.querySelector<HTMLElement>('main h1')
}

/**
 * Moves the focus to the heading of what is shown, so that screen readers say it and keys go on there: when another page or another
 * thing is opened, by a link, a key, a command, Back or Forward. A change of the rest of the query is none. An element of the page that
 * has the focus and stays keeps it: a tab, a day of the calendar. A page that was left by a link, with a key, gives that link the focus
 * again: the row of a list from which a person comes back.
 */
export function useHeadingFocus(): void {
  const now = place()
  const before = useRef(now)
  useEffect(() => {
    const isStart = before.current === ''
    if (now === before.current) return
    before.current = now
    const main = document.querySelector('main')
    if (isStart || main === null || isWithin(main)) return
    shownHeading()?.focus()
    return focusOnLeft(main)
  }, [now])
}

const isWithin = (main: HTMLElement) =>
  document.activeElement !== main && main.contains(document.activeElement)
