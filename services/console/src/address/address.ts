import { computed, effect, signal } from '@preact/signals'
import { inUtc } from '../preferences/preferences.ts'

/** The address of the page, without the part that all pages of the console share. The state of a page is in it. */

const BASE = '/ui'

const here = () => {
  const { pathname, search } = window.location
  return withUtc(`${pathname.startsWith(BASE) ? pathname.slice(BASE.length) : pathname}${search}`, false)
}

/** A path and query that says, or does not say, that times are shown in UTC. To the pages that is no part of the query. */
function withUtc(to: string, isShown: boolean): string {
  const [path = '', search] = to.split('?')
  const next = new URLSearchParams(search)
  // Without a change, its characters stay as they are.
  if (next.has('utc') === isShown) return to
  if (isShown) next.set('utc', '1')
  else next.delete('utc')
  return next.size === 0 ? path : `${path}?${next}`
}

const current = signal(here())
window.addEventListener('popstate', () => {
  current.value = here()
})

const url = computed(() => new URL(current.value, 'http://page'))

/** The parts of the path: /ui/days/2026-11-25 is ['days', '2026-11-25']. */
export const path = computed(() => url.value.pathname.split('/').filter(Boolean).map(decoded))

/** A part of a path; one that nobody has encoded stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return part
    throw error
  }
}

/** The query of the address. */
export const query = computed(() => url.value.searchParams)

/** The href of a page, for links: href('/days/2026-11-25'). */
export const href = (to: string): string => `${BASE}${to}`

effect(() => {
  const shown = href(withUtc(current.value, inUtc.value))
  const { pathname, search, hash } = window.location
  if (`${pathname}${search}` !== shown)
    window.history.replaceState(window.history.state, '', `${shown}${hash}`)
})

/**
 * Shows another page.
 * @param to its path and query, as in '/jobs?state=failed'
 * @param how `replace`: the page before is not kept for the button Back, as when a person types into a search
 */
export function go(to: string, how: { replace?: boolean } = {}): void {
  if (to === current.value) return
  window.history[how.replace ? 'replaceState' : 'pushState'](null, '', href(withUtc(to, inUtc.peek())))
  current.value = to
}

/** A value for each name of the query that changes; an empty or missing value removes the name. */
type QueryChanges = Record<string, string | undefined>

/** The path of the page and its query with changes. */
function withQuery(changes: QueryChanges): string {
  const next = new URLSearchParams(query.value)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(name)
    else next.set(name, value)
  }
  const { pathname } = url.value
  return next.size === 0 ? pathname : `${pathname}?${next}`
}

/** The href of the page with parts of its query changed, for links. */
export const queryHref = (changes: QueryChanges): string => href(withQuery(changes))

/** Changes parts of the query, and keeps the page. */
export function setQuery(changes: QueryChanges, how: { replace?: boolean } = {}): void {
  go(withQuery(changes), how)
}
