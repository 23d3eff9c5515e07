import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { taskFileName, taskFileText, userLogText } from '../logs/log-format.ts'
import type { FoundFiles } from '../logs/read-logs.ts'
import type { UserLog } from '../logs/user-log-model.ts'
import type { Completion } from '../projection/completion.ts'

/** What the events say about a user's day, and what is stored of it. */
export interface UserDay {
  /** From the events. */
  expected: Completion[]
  /** From the projection. */
  projected: Completion[]
  /** What is known of the log; undefined when it was never written. */
  log: UserLog | undefined
  /** Undefined when they were removed because of their age. */
  files: FoundFiles | undefined
  /** Whether each completed task has a file of its own. */
  taskFiles: boolean
}

/** @returns how the projection differs from the events, a sentence for each difference */
export function compareProjection({
  expected,
  projected,
}: Pick<UserDay, 'expected' | 'projected'>): string[] {
  const stored = new Map(projected.map(completion => [completion.taskId, completion]))
  const differences = expected.flatMap(completion => {
    const { taskId } = completion
    const other = stored.get(taskId)
    stored.delete(taskId)
    if (other === undefined) return [`the completion of task ${taskId} is not in the projection`]
    const fields = (Object.keys(completion) as (keyof Completion)[]).filter(
      field => !isDeepStrictEqual(completion[field], other[field]),
    )
    return fields.length === 0
      ? []
      : [`the completion of task ${taskId} differs in the projection: ${fields.join(', ')}`]
  })
  const extra = [...stored.keys()].map(
    taskId => `the projection has a completion of task ${taskId} that no event says`,
  )
  return [...differences, ...extra]
}

/** @returns how the files and the record of a log differ from the events, a sentence for each difference */
export function compareFiles({ expected, log, files, taskFiles }: Omit<UserDay, 'projected'>): string[] {
  if (log?.state === 'failed') return [`the log could not be written: ${log.error}`]
  const recorded = log?.sha256 ?? null
  const text = expected.length === 0 ? undefined : Buffer.from(userLogText(expected))
  return [
    ...(files === undefined ? [] : compareFile('the log', text, files.log)),
    ...(recorded === sha256(text)
      ? []
      : [`the record of the log has the SHA-256 ${recorded}, and not ${sha256(text)}`]),
    ...(taskFiles && files !== undefined ? compareTaskFiles(expected, files.tasks) : []),
  ]
}

function compareTaskFiles(expected: Completion[], found: FoundFiles['tasks']): string[] {
  const texts = new Map(expected.map(one => [taskFileName(one), Buffer.from(taskFileText(one))]))
  const names = new Set([...texts.keys(), ...found.keys()])
  return [...names].flatMap(name => compareFile(`the file ${name}`, texts.get(name), found.get(name)))
}

function compareFile(what: string, expected: Buffer | undefined, found: Buffer | undefined): string[] {
  if (expected === undefined) return found === undefined ? [] : [`${what} should not exist`]
  if (found === undefined) return [`${what} is missing`]
  return expected.equals(found) ? [] : [`${what} has other bytes`]
}

/** Like the record of a log that has no file: null without bytes. */
const sha256 = (bytes: Buffer | undefined) =>
  bytes === undefined ? null : createHash('sha256').update(bytes).digest('hex')
