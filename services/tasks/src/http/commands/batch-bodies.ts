import { Sequence, TaskId } from '@daybook/shared/events'
import { Problem } from '@daybook/shared/http'
import { type Static, Type } from 'typebox'
import { exampleTask } from '../bodies/examples.ts'
import { TaskBody } from '../bodies/task-body.ts'
import { Changes, NewTask } from './command-bodies.ts'

/** The most commands in a batch. */
const MAX_COMMANDS = 1000

const toTask = {
  taskId: TaskId,
  version: Type.Optional({
    ...Sequence,
    // JSON keeps a number of 15 digits exactly.
    maximum: 999_999_999_999_999,
    description: 'Like If-Match: the command is refused unless this is the version of the task',
  }),
}

const CreateCommand = Type.Object(
  { type: Type.Literal('create'), task: NewTask },
  { title: 'CreateCommand', additionalProperties: false },
)
const EditCommand = Type.Object(
  { type: Type.Literal('edit'), ...toTask, changes: Changes },
  { title: 'EditCommand', additionalProperties: false },
)
const StateCommand = Type.Object(
  { type: Type.Enum(['complete', 'reopen', 'delete', 'restore']), ...toTask },
  { title: 'StateCommand', additionalProperties: false },
)

export type BatchCommand =
  | Static<typeof CreateCommand>
  | Static<typeof EditCommand>
  | Static<typeof StateCommand>

export const BatchCommand = Type.Unsafe<BatchCommand>({
  title: 'BatchCommand',
  description: 'Which fields a command has depends on its type',
  type: 'object',
  discriminator: { propertyName: 'type' },
  oneOf: [CreateCommand, EditCommand, StateCommand],
})

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
