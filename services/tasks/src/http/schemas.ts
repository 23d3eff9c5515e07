import { Day, Instant, Nullable } from '@daybook/shared/events'
import { Type } from 'typebox'
import { orders } from '../cursor.ts'
import { exampleEvent, exampleTask } from './bodies/examples.ts'
import { TaskBody } from './bodies/task-body.ts'

/** The shapes of the queries. */

export const ListQuery = Type.Object(
  {
    user: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'The user whose tasks an admin asks for. The default is yourself',
      }),
    ),
    allUsers: Type.Optional(
      Type.Enum(['true', 'false'], {
        description:
          'Whether to list the tasks of all users, which only an admin can ask for, without `user` and in the default order. MongoDB searches the newest tasks first, for at most 2 s',
      }),
    ),
    status: Type.Optional(Type.Enum(['open', 'completed'])),
    tag: Type.Optional(
      Type.Array(Type.String(), {
        maxItems: 20,
        description: 'Only tasks with this tag; `tag=a&tag=b`: only tasks with both tags',
      }),
    ),
    dueOn: Type.Optional(Day('Only tasks due on this day')),
    dueBefore: Type.Optional(Day('Only tasks due before this day')),
    dueAfter: Type.Optional(Day('Only tasks due after this day')),
    completedBefore: Type.Optional(
      Day('Only tasks completed before this day, in the time zone of the completion'),
    ),
    completedAfter: Type.Optional(
      Day('Only tasks completed after this day, in the time zone of the completion'),
    ),
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description:
          'Only tasks whose name contains this text, whatever its Unicode form and case. Accents count',
      }),
    ),
    sort: Type.Enum(orders, {
      default: '-createdAt',
      description:
        'The order, newest first: by creation or by last change. In the order by last change, a task that changes while you read the pages moves to the front, and you can miss it',
    }),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    cursor: Type.Optional(
      Type.String({
        format: 'cursor',
        description: '`nextCursor` of the previous page, which must have the same `sort`',
      }),
    ),
  },
  { additionalProperties: false },
)

export const TaskList = Type.Object(
  {
    tasks: Type.Array(TaskBody),
    nextCursor: Nullable(
      Type.String({ format: 'cursor' }),
      '`cursor` of the next page, or null on the last page',
    ),
  },
  { title: 'TaskList', examples: [{ tasks: [exampleTask], nextCursor: null }] },
)

export const HistoryQuery = Type.Object(
  {
    after: Type.Integer({ minimum: 0, default: 0, description: 'Only events after this sequence' }),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }),
  },
  { additionalProperties: false },
)

export const History = Type.Object(
  {
    nextAfter: Nullable(Type.Integer(), '`after` of the next page, or null on the last page'),
    events: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          type: Type.String(),
          time: Instant('When it happened'),
          data: Type.Unknown({ description: 'The data of the event as published, see docs/events.md' }),
        },
        { title: 'TaskEvent' },
      ),
    ),
  },
  { title: 'TaskHistory', examples: [{ events: [exampleEvent], nextAfter: null }] },
)
