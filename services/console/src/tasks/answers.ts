import { isTemporary, type Problem } from '../api/problem.ts'
import { type Outcome, readTask } from './requests.ts'
import { rowOfTask, rows, setRow, updateRow } from './rows.ts'
import { type Command, type Details, isSame, isToggle, type Task } from './task.ts'

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
async function compare(key: string, command: Command): Promise<Next> {
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
  const again = theirs && about(theirs, command)
  if (theirs !== undefined && again !== undefined) {
    updateRow(key, { task: theirs, pending: [again, ...withoutFirst(key).pending] })
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
 * Makes a command be about another version of its task: a toggle is about the state alone, and an edit about the details.
 * @returns undefined when that version differs in what the command is about
 */
function about(task: Task, command: Command): Command | undefined {
  if (isToggle(command)) return command
  if (command.type !== 'edit') return undefined
  const { seen } = command
  return namesIn(seen).every(name => isSame(name, seen, task))
    ? { ...command, base: task.version }
    : undefined
}

const namesIn = (details: Partial<Details>) => Object.keys(details) as (keyof Details)[]
