import { makeStack } from '@daybook/shared/testing'
import type { Connection } from 'mongoose'
import { type Test, t, test } from 'tap'
import { openUserLogs } from '../../../services/reporting/src/logs/user-log-store.ts'
import { openRuns } from '../../../services/reporting/src/runs/run-store.ts'
import { openEventStore } from '../../../services/tasks/src/events/event-store.ts'
import { type Connection as MemoryConnection, reachAtOnce } from '../ports/database.ts'
import { memoryRuns } from '../ports/reporting/runs.ts'
import { memoryUserLogs } from '../ports/reporting/user-logs.ts'
import { memoryEventStore } from '../ports/tasks/events.ts'
import { areEquivalent, type Command, type Draw } from './compare.ts'
import { eventCommand } from './event-commands.ts'
import { runCommand } from './run-commands.ts'
import { userLogCommand } from './user-log-commands.ts'

const { db } = await makeStack(t)

/** Compares a store in memory with the real one, whose collection is emptied before each sequence of calls. */
function compare<Store>(
  draw: (random: Draw) => Command<Store>,
  collection: string,
  open: { memory: (connection: MemoryConnection) => Store; real: (connection: Connection) => Promise<Store> },
): (t: Test) => Promise<void> {
  return async t => {
    const real = await open.real(db)
    await areEquivalent(t, draw, async () => {
      await db.collection(collection).deleteMany({})
      return { memory: open.memory({ database: new Map(), reach: reachAtOnce }), real }
    })
  }
}

test('runs', compare(runCommand, 'runs', { memory: memoryRuns, real: openRuns }))
test('user logs', compare(userLogCommand, 'user_logs', { memory: memoryUserLogs, real: openUserLogs }))
test('events of tasks', compare(eventCommand, 'events', { memory: memoryEventStore, real: openEventStore }))
