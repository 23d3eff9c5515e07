import { Sequence, TaskId } from '@daybook/shared/events'
import { Problem } from '@daybook/shared/http'
import { type Static, Type } from 'typebox'
import { exampleTask } from '../bodies/examples.ts'
import { TaskBody } from '../bodies/task-body.ts'
import { Changes, NewTask } from './command-bodies.ts'

/** The most commands in a batch. */
const MAX_COMMANDS = 1000

export const BatchCommand = Type.Object(
  {
    type: Type.Enum(['create', 'edit', 'complete', 'reopen', 'delete', 'restore']),
    taskId: Type.Optional({ ...TaskId, description: 'The task of the command; not in `create`' }),
    version: Type.Optional({
      ...Sequence,
      description: 'Like If-Match: the command is refused unless this is the version of the task',
    }),
    task: Type.Optional(NewTask),
    changes: Type.Optional(Changes),
  },
  {
    title: 'BatchCommand',
    description: '`create` has `task`, `edit` has `taskId` and `changes`, all others have `taskId`',
    additionalProperties: false,
    examples: [{ type: 'create', task: { name: 'Water the plants' } }],
  },
)
export type BatchCommand = Static<typeof BatchCommand>

export const Batch = Type.Object(
  { commands: Type.Array(BatchCommand, { minItems: 1, maxItems: MAX_COMMANDS }) },
  {
    title: 'Batch',
    additionalProperties: false,
    examples: [{ commands: [{ type: 'create', task: { name: 'Water the plants' } }] }],
  },
)

const exampleResult = { status: 201, task: exampleTask }

export const BatchResult = Type.Object(
  {
    status: Type.Integer({ description: 'The status that the command alone would have been answered with' }),
    task: Type.Optional(TaskBody),
    problem: Type.Optional(Problem),
  },
  {
    title: 'BatchResult',
    description: 'The task after the command, except after a deletion, or why the command was refused',
    examples: [exampleResult],
  },
)
export type BatchResult = Static<typeof BatchResult>

export const BatchResults = Type.Object(
  { results: Type.Array(BatchResult, { description: 'One result for each command, in their order' }) },
  { title: 'BatchResults', examples: [{ results: [exampleResult] }] },
)
