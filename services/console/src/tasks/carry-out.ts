import { effect, untracked } from '@preact/signals'
import { returns } from '../api/parts.ts'
import { session } from '../session/session.ts'
import { compare, takeOver } from './answers.ts'
import { isOvertaken, withMine, withTheirs } from './conflicts.ts'
import { request } from './requests.ts'
import { rows, setRow } from './rows.ts'
import { type Command, isToggle, type Row } from './task.ts'

/** Carries out commands: each task has a queue, whose first command is sent. What could not be sent is sent again. */

const working = new Set<string>()

/** Adds a command to the queue of a row. It is shown at once, and sent when those before it are carried out. */
export function give(row: Row, command: Command): void {
  const { pending } = row
  const last = pending.at(-1)
  // The first one is being sent. Of toggles that wait behind it, two cancel each other.
  const cancels = pending.length > 1 && last && isToggle(last) && isToggle(command)
  const next = cancels ? pending.slice(0, -1) : [...pending, command]
  setRow(row.key, { ...row, isOwn: true, pending: next, refused: undefined })
  void work(row.key)
}

/** Sends the commands of a row, one after the other. */
async function work(key: string): Promise<void> {
  if (working.has(key)) return
  working.add(key)
  try {
    let goesOn = true
    while (goesOn) goesOn = await sendFirst(key)
  } finally {
    working.delete(key)
  }
}

/** @returns whether the next command can be sent */
async function sendFirst(key: string): Promise<boolean> {
  const row = rows.peek().get(key)
  const command = row?.pending[0]
  if (row === undefined || command === undefined || row.conflict || session.peek()?.isOver) return false
  const next = isOvertaken(row, command)
    ? await compare(key, command)
    : await takeOver(key, command, await request(row, command))
  if (next === 'later') retryLater()
  return next === 'send'
}

/** Ends a conflict by the decision of the person. */
export function decide(row: Row, keep: 'mine' | 'theirs'): void {
  const { conflict } = row
  if (conflict === undefined) return
  const { theirs } = conflict
  setRow(row.key, {
    ...row,
    task: theirs ?? row.task,
    isDeleted: theirs === undefined,
    pending: keep === 'mine' ? withMine(row, conflict) : withTheirs(row, conflict),
    conflict: undefined,
    waits: undefined,
  })
  void work(row.key)
}

const FIRST_RETRY_MS = 2000
const MOST_RETRY_MS = 30_000
let retryMs = FIRST_RETRY_MS
let timer: number | undefined

function retryLater(): void {
  if (timer !== undefined) return
  timer = window.setTimeout(
    () => {
      timer = undefined
      sendAll()
    },
    retryMs * (0.5 + Math.random() / 2),
  )
  retryMs = Math.min(retryMs * 2, MOST_RETRY_MS)
}

/** Sends everything that waits. */
export function sendAll(): void {
  for (const { key, pending } of rows.peek().values()) if (pending.length > 0) void work(key)
}

/** Sends what waits when a part of Daybook is back, and when the person has signed in again. */
export function sendOnReturn(): void {
  effect(() => {
    if (returns.value > 0) retryMs = FIRST_RETRY_MS
    if (session.value?.isOver === false) untracked(sendAll)
  })
}
