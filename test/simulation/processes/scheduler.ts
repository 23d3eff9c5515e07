import type { Service } from '@daybook/shared/process/service'
import { fireDue } from '../../../services/scheduler/src/firing/fire-due.ts'
import { startClockRelay } from '../../../services/scheduler/src/firing/outbox-relay.ts'
import { startTicker } from '../../../services/scheduler/src/firing/ticker.ts'
import { memoryKafka } from '../kafka/port.ts'
import { memoryDayEnds } from '../ports/scheduler/schedules.ts'
import { memorySweepLease } from '../ports/sweep-lease.ts'
import { type Process, reachOf } from '../world/world.ts'
import type { Outside } from './outside.ts'

/** Starts what a process of the scheduler does to end days. */
export const startScheduler =
  ({ broker, servers, database, timeZones }: Outside) =>
  async ({ log, closing, fail }: Service, process: Process): Promise<void> => {
    const connection = { database, reach: reachOf(process, servers.mongo) }
    const kafka = memoryKafka({ broker, process, server: servers.kafka, log, onCrash: fail })
    const schedules = await memoryDayEnds(connection, timeZones, new Date())
    const maySweep = memorySweepLease(connection, 'schedules', crypto.randomUUID())
    const relay = startClockRelay(schedules, kafka, { log, fail, maySweep })
    closing.defer(() => relay.stop())
    const deps = { schedules, relay, count: () => undefined, log }
    const ticker = startTicker(now => fireDue(deps, now), { log, fail, nextDue: schedules.nextDue })
    closing.defer(() => ticker.stop())
  }
