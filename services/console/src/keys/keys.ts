import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { singleKeys } from '../preferences/preferences.ts'
import { session } from '../session/session.ts'

/** The keys of the pages. Each page says which it has, and the help lists them. */
export interface Key {
  /** As in KeyboardEvent.key; `Shift+` in front of a named key; `g t`: g, and then t. */
  key: string
  /** What it does, for the help. */
  does: string
  /** @returns false when the key means nothing here, and keeps its meaning for the browser */
  run: () => unknown
}

/** The keys that work now. */
export const activeKeys = signal<readonly (readonly Key[])[]>([])

/** Makes keys work while a component is shown. */
export function useKeys(keys: readonly Key[]): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const own = keys.map(({ key, does }, i) => ({ key, does, run: () => latest.current[i]?.run() }))
    activeKeys.value = [...activeKeys.value, own]
    return () => {
      activeKeys.value = activeKeys.value.filter(one => one !== own)
    }
    // The keys of a component are always the same; only what they do changes.
  }, [])
}

const PREFIX = 'g'
const PREFIX_MS = 1500
let prefixUntil = 0

/** Listens for the keys. Typing into a field and using a dialog are not commands, nor is a key for pages behind the page for signing in. */
export function listenForKeys(): void {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.isComposing || isTyping(event) || isInDialog() || isHidden()) return
    const name = nameOf(event)
    if (name === undefined || (event.repeat && !moves.has(name))) return
    const isSecond = event.timeStamp < prefixUntil
    prefixUntil = name === PREFIX && !isSecond ? event.timeStamp + PREFIX_MS : 0
    const wanted = isSecond ? `${PREFIX} ${name}` : name
    const found = activeKeys.value.flat().findLast(({ key }) => key === wanted)
    if (found === undefined) return
    if (found.run() !== false) event.preventDefault()
  })
}

/** Keys that do something again and again while they are held. The others are commands: a held one would carry out many. */
const moves = new Set(['j', 'k', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown'])

/** Keys that follow a link or press a button keep their meaning there. */
const controls: Record<string, string> = { Enter: 'button, a, summary, input', ' ': 'button, summary, input' }

function nameOf(event: KeyboardEvent): string | undefined {
  if (event.altKey || event.metaKey) return undefined
  if (isOfControl(event)) return undefined
  if (event.ctrlKey) return `Ctrl+${event.key}`
  if (event.key.length > 1) return event.shiftKey ? `Shift+${event.key}` : event.key
  return singleKeys.value ? event.key : undefined
}

function isOfControl({ key, target }: KeyboardEvent): boolean {
  const selector = controls[key]
  return selector !== undefined && target instanceof Element && target.closest(selector) !== null
}

const isTyping = (event: KeyboardEvent) =>
  event.target instanceof Element &&
  event.target.closest('input:not([type=checkbox], [type=radio]), textarea, select') !== null

const isInDialog = () => document.querySelector('dialog[open]') !== null

const isHidden = () => session.peek()?.isOver !== false
