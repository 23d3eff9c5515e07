import { batch, computed, effect, untracked } from '@preact/signals'
import { comesBack, keep, kept } from '../session/kept.ts'
import { session } from '../session/session.ts'
import { forgetAction } from './actions.ts'
import { sendAll } from './carry-out.ts'
import { type EditDraft, editDrafts } from './edit-drafts.ts'
import { rows } from './rows.ts'
import { isUndecided, type Row } from './task.ts'

const user = computed(() => session.value?.user)

const isUnsaved = (row: Row) => row.pending.length > 0 || isUndecided(row)

/** Keeps the rows of the person that are not saved or are being edited, and goes on with those of before. */
export function keepUnsaved(): void {
  effect(() => {
    const name = user.value
    batch(() => {
      forgetAction()
      const stored = (name !== undefined && kept<Row[]>('unsaved', name)) || []
      rows.value = new Map(stored.map(row => [row.key, row]))
      editDrafts.value = new Map((name !== undefined && kept<[string, EditDraft][]>('edits', name)) || [])
    })
    if (name === undefined) return
    untracked(sendAll)
    return effect(() => keepAll(name))
  })
  window.addEventListener('beforeunload', event => {
    if (!comesBack() && rows.peek().values().some(isUnsaved)) event.preventDefault()
  })
}

function keepAll(name: string): void {
  const edited = editDrafts.value
  const wanted = rows.value.values().filter(row => isUnsaved(row) || edited.has(row.key))
  keep('unsaved', name, wanted.toArray())
  keep('edits', name, [...edited])
}
