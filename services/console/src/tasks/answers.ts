import { isTemporary, type Problem } from '../api/problem.ts'
import { type Outcome, readTask } from './requests.ts'
import { rowOfTask, rows, setRow, updateRow } from './rows.ts'
import { type Command, type Details, isSame, isSameIn, isToggle, type Task } from './task.ts'

/** What follows an answer: the next command is sent, the same one is sent later, or the person decides first. */
export type Next = 'send' | 'later' | 'stop'

/** Takes over what became of the first command of a row. */
export async function takeOver(key: string, command: Command, outcome: Outcome): Promise<Next> {
  if ('problem' in outcome) return refuse(key, command, outcome.problem)
  if ('task' in outcome) succeed(key, outcome.task)
  else noteDeleted(key, outcome.deletedVersion)
  return 'send'
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

function noteDeleted(key: string, deletedVersion: number): void {
  const task = rows.peek().get(key)?.task
  if (task === undefined) return
  const version = Math.max(deletedVersion, task.version)
  updateRow(key, { ...withoutFirst(key), task: { ...task, version }, isDeleted: true })
}

/** Whether the service has another version of the task, or the task no more. */
const isOutdated = ({ type }: Command, { status }: Problem) =>
  status === 412 || (status === 404 && type !== 'create' && type !== 'restore')

async function refuse(key: string, command: Command, problem: Problem): Promise<Next> {
  if (isOutdated(command, problem)) return compare(key, command)
  // The session is over: the command is sent after signing in.
  if (problem.status === 401) return 'stop'
  if (isTemporary(problem)) {
    updateRow(key, { waits: problem })
    return 'later'
  }
  // Without its creation there is no task for the commands after it.
  const next = command.type === 'create' ? { pending: [], waits: undefined } : withoutFirst(key)
  updateRow(key, { ...next, refused: { command, problem } })
  return 'send'
}

/** Reads the version that the service has, and finds out whether the command goes on with it. */
export async function compare(key: string, command: Command): Promise<Next> {
  const row = rows.peek().get(key)
  if (row === undefined) return 'stop'
  const read = await readTask(row.task.id)
  if ('problem' in read) return refuse(key, command, read.problem)
  const { task: theirs } = read
  // The command was carried out before, and its answer was lost; or somebody else wished the same.
  if (theirs === undefined ? command.type === 'delete' : isDone(command, theirs)) {
    if (theirs === undefined) noteDeleted(key, row.task.version + 1)
    else succeed(key, theirs)
    return 'send'
  }
  if (theirs !== undefined && isAbout(command, theirs)) {
    updateRow(key, { task: theirs })
    return 'send'
  }
  updateRow(key, { conflict: { mine: command, theirs } })
  return 'stop'
}

/** Whether a task is as a command would make it. */
function isDone(command: Command, task: Task): boolean {
  if (isToggle(command)) return task.status === (command.type === 'complete' ? 'completed' : 'open')
  if (command.type !== 'edit') return false
  return namesIn(command.changes).every(name => isSame(name, command.changes, task))
}

/**
 * Whether a command can go on with another version of its task: a toggle is about the state alone, and an edit about the details. A deletion
 * is about everything.
 */
const isAbout = (command: Command, task: Task) =>
  isToggle(command) || (command.type === 'edit' && isSameIn(command.seen, task))

const namesIn = (details: Partial<Details>) => Object.keys(details) as (keyof Details)[]
