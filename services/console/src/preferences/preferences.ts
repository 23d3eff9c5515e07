import { effect, type Signal, signal } from '@preact/signals'

/** What a person chooses for this browser. It survives the session, and contains nothing about the person's tasks. */

const KEY = 'daybook.preferences'

const stored = readStored()

function readStored(): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? '{}')
    return typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {}
  } catch (error) {
    // Another program may have written anything under this name.
    if (error instanceof SyntaxError) return {}
    throw error
  }
}

/** @param asked what the address asks for, which goes before what is stored */
function preference<T extends string | boolean>(
  name: string,
  allowed: readonly T[],
  initial: T,
  asked?: T,
): Signal<T> {
  const value = signal(asked ?? allowed.find(one => one === stored[name]) ?? initial)
  let last = value.peek()
  effect(() => {
    // What a link asks for is stored only when the person chooses it.
    if (value.value === last) return
    last = value.value
    stored[name] = last
    window.localStorage.setItem(KEY, JSON.stringify(stored))
  })
  return value
}

export const themes = ['system', 'light', 'dark'] as const
/** The colours: those of the system, or always light or dark ones. */
export const theme = preference('theme', themes, 'system')
const isUtcAsked = new URLSearchParams(window.location.search).get('utc') === '1'
/** Whether times are shown in UTC instead of the person's time zone. The address says it, so that a link shows others the same times. */
export const inUtc = preference('utc', [true, false], false, isUtcAsked || undefined)
/** Whether keys without Ctrl and Alt are commands (WCAG 2.1.4). */
export const singleKeys = preference('keys', [true, false], true)

/** Applies the chosen colours, and keeps applying them. */
export function applyTheme(): void {
  effect(() => {
    document.documentElement.dataset.theme = theme.value
  })
}
