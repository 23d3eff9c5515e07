import { startRelay } from '@daybook/shared/outbox'
import type { Service } from '@daybook/shared/process/service'
import { announcePublished, barrierGroup } from '../../../services/tasks/src/barrier/announce-published.ts'
import { keepConsuming } from '../../../services/tasks/src/barrier/keep-consuming.ts'
import { commandHandler, type HandleCommand } from '../../../services/tasks/src/commands/handle-command.ts'
import { taskOutbox } from '../../../services/tasks/src/events/task-outbox.ts'
import { memoryKafka } from '../kafka/port.ts'
import { memoryDeadLetters } from '../ports/dead-letters.ts'
import { memorySweepLease } from '../ports/sweep-lease.ts'
import { memoryEventStore } from '../ports/tasks/events.ts'
import { memoryTaskView } from '../ports/tasks/view.ts'
import { type Process, reachOf } from '../world/world.ts'
import type { Outside } from './outside.ts'

/** Starts what a process of tasks does, except for REST: commands call the handler. */
export const startTasks =
  (outside: Outside, onReady: (process: Process, handle: HandleCommand) => void) =>
  async (service: Service, process: Process): Promise<void> => {
    const { broker, servers, database } = outside
    const { log, closing, fail, signal } = service
    const connection = { database, reach: reachOf(process, servers.mongo) }
    const kafka = memoryKafka({ broker, process, server: servers.kafka, log, onCrash: fail })
    const store = memoryEventStore(connection)
    const view = memoryTaskView(connection)
    const maySweep = memorySweepLease(connection, 'events', crypto.randomUUID())
    const relay = startRelay(taskOutbox({ store, view, kafka }), { log, fail, maySweep })
    closing.defer(() => relay.stop())
    const park = memoryDeadLetters(connection)(barrierGroup)
    const barrier = announcePublished({ store, kafka, park, log })
    closing.defer(keepConsuming(kafka, barrier, { log, signal }))
    onReady(process, commandHandler({ store, view, relay }))
  }
