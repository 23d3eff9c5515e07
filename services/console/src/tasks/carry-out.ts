import { effect, untracked } from '@preact/signals'
import { returns } from '../api/parts.ts'
import { isTemporary, type Problem } from '../api/problem.ts'
import { session } from '../session/session.ts'
import { readTask, request } from './requests.ts'
import { rowOfTask, rows, setRow, updateRow } from './rows.ts'
import { type Command, isToggle, type Row, type Task } from './task.ts'

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
  const outcome = await request(row, command)
  if ('problem' in outcome) return refuse(key, command, outcome.problem)
  if ('task' in outcome) succeed(key, outcome.task)
  else {
    const { task } = rows.peek().get(key) ?? row
    const version = Math.max(outcome.deletedVersion, task.version)
    updateRow(key, { ...withoutFirst(key), task: { ...task, version }, isDeleted: true })
  }
  return true
}

const withoutFirst = (key: string) => ({
  pending: rows.peek().get(key)?.pending.slice(1) ?? [],
  waits: undefined,
})

function succeed(key: string, task: Task): void {
  // The event of a creation can be faster than the answer.
  const twin = rowOfTask(task.id)
  if (twin !== undefined && twin.key !== key) setRow(twin.key, undefined)
  const known = [task, twin?.task, rows.peek().get(key)?.task].filter(one => one?.id === task.id)
  const newest = known.reduce(
    (one, other) => ((other?.version ?? 0) > (one?.version ?? 0) ? other : one),
    task,
  )
  updateRow(key, { ...withoutFirst(key), task: newest ?? task, isDeleted: false })
}

/** @returns whether the next command can be sent */
async function refuse(key: string, command: Command, problem: Problem): Promise<boolean> {
  if (problem.status === 412) return compare(key, command)
  // The session is over: the command is sent after signing in.
  if (problem.status === 401) return false
  if (isTemporary(problem)) {
    updateRow(key, { waits: problem })
    retryLater()
    return false
  }
  updateRow(key, { pending: [], waits: undefined, refused: { command, problem } })
  return false
}

/** Reads the version that the service has. A toggle is about the state alone, so it goes on with any version. */
async function compare(key: string, command: Command): Promise<boolean> {
  const row = rows.peek().get(key)
  if (row === undefined) return false
  const read = await readTask(row.task.id)
  if ('problem' in read) return refuse(key, command, read.problem)
  const { task: theirs } = read
  if (theirs !== undefined && isToggle(command)) {
    const isDone = theirs.status === (command.type === 'complete' ? 'completed' : 'open')
    updateRow(key, { task: theirs, ...(isDone ? withoutFirst(key) : {}) })
    return true
  }
  updateRow(key, { conflict: { mine: command, theirs } })
  return false
}

/** Ends a conflict by the decision of the person. */
export function decide(row: Row, keep: 'mine' | 'theirs'): void {
  const { conflict } = row
  if (conflict === undefined) return
  const { theirs, mine } = conflict
  const isDeleted = theirs === undefined
  const task = theirs ?? row.task
  // A task that somebody has deleted must be restored before it is changed.
  const again: Command[] = mine.type === 'edit' ? [{ ...mine, base: undefined }] : [mine]
  const before: Command[] = isDeleted && mine.type !== 'delete' ? [{ type: 'restore' }] : []
  const pending = keep === 'mine' ? [...before, ...again] : []
  setRow(row.key, { ...row, task, isDeleted, pending, conflict: undefined, waits: undefined })
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
