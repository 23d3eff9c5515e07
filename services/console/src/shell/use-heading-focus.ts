import { useEffect, useRef } from 'preact/hooks'
import { path, query } from '../address/address.ts'

/**
 * Moves the focus to the heading of what is shown, so that screen readers say it and keys go on there: when another page or another
 * thing is opened, by a link, a key, a command, Back or Forward. A change of the rest of the query is none. An element of the page that
 * has the focus and stays keeps it: a tab, a day of the calendar.
 */
export function useHeadingFocus(): void {
  const place = [...path.value, query.value.get('view') ?? []].flat().join('/')
  const before = useRef(place)
  useEffect(() => {
    const isStart = before.current === ''
    if (place === before.current) return
    before.current = place
    const main = document.querySelector('main')
    if (isStart || main === null || isWithin(main)) return
    const thing = place.includes('/') ? main.querySelector<HTMLElement>('[data-opened]') : null
    const heading = thing ?? main.querySelector('h1')
    heading?.focus()
  }, [place])
}

const isWithin = (main: HTMLElement) =>
  document.activeElement !== main && main.contains(document.activeElement)
