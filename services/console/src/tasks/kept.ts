import { computed, effect, untracked } from '@preact/signals'
import { session } from '../session/session.ts'
import { sendAll } from './carry-out.ts'
import { rows } from './rows.ts'
import type { Row } from './task.ts'

/** What is not saved is kept in sessionStorage, so that neither a reload nor signing in again loses it. */

const user = computed(() => session.value?.user)

const isUnsaved = ({ pending, refused }: Row) => pending.length > 0 || refused !== undefined

/** Keeps the rows of the person that are not saved, and goes on with those of before. */
export function keepUnsaved(): void {
  effect(() => {
    const name = user.value && `daybook.unsaved.${user.value}`
    const stored = name === undefined ? [] : readRows(name)
    rows.value = new Map(stored.map(row => [row.key, row]))
    if (name === undefined) return
    untracked(sendAll)
    return effect(() => {
      const unsaved = rows.value.values().filter(isUnsaved).toArray()
      window.sessionStorage.setItem(name, JSON.stringify(unsaved))
    })
  })
  window.addEventListener('beforeunload', event => {
    if (rows.peek().values().some(isUnsaved)) event.preventDefault()
  })
}

const readRows = (name: string) => JSON.parse(window.sessionStorage.getItem(name) ?? '[]') as Row[]
