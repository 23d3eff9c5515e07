import type { BatchPlace } from '@daybook/shared/dead-letters/dead-letter-store'
import type { KafkaPort } from '@daybook/shared/kafka'
import { silent } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { makeBroker } from '../kafka/broker.ts'
import { memoryKafka } from '../kafka/port.ts'
import { type Connection, type Database, reachAtOnce } from '../ports/database.ts'
import { memoryDeadLetters } from '../ports/dead-letters.ts'
import { memoryClosedDays } from '../ports/reporting/closed-days.ts'
import { memoryCompletions } from '../ports/reporting/completions.ts'
import { memoryLogFiles } from '../ports/reporting/log-files.ts'
import { memoryLogsApart } from '../ports/reporting/logs-apart.ts'
import { memoryManifests, type StoredManifests } from '../ports/reporting/manifests.ts'
import { memoryRuns } from '../ports/reporting/runs.ts'
import { memoryUserLogs } from '../ports/reporting/user-logs.ts'
import { memoryDayEnds } from '../ports/scheduler/schedules.ts'
import { memorySweepLease } from '../ports/sweep-lease.ts'
import { memoryEventStore } from '../ports/tasks/events.ts'
import { memoryTaskView } from '../ports/tasks/view.ts'
import { drawFaults } from '../world/faults.ts'
import { randomFrom } from '../world/random.ts'
import { makeServers } from '../world/servers.ts'
import { inSimulatedTime } from '../world/time.ts'
import { makeTrace } from '../world/trace.ts'
import { makeProcess, type World } from '../world/world.ts'
import { closedDaysContract } from './closed-days.ts'
import { completionsContract } from './completions.ts'
import type { Contract } from './contract.ts'
import { dayEndsContract } from './day-ends.ts'
import { deadLettersContract } from './dead-letters.ts'
import { eventStoreContract } from './event-store.ts'
import { kafkaContract, type WithBroker } from './kafka.ts'
import { logFilesContract, manifestsContract } from './log-files.ts'
import { logsApartContract } from './logs-apart.ts'
import { runsContract } from './runs.ts'
import { sweepLeaseContract } from './sweep-lease.ts'
import { taskViewContract } from './task-view.ts'
import { userLogsContract } from './user-logs.ts'

/** Runs a suite against a store in memory. @param openOn opens the store; the number names the process */
function inMemory<Store>(
  contract: Contract<Store>,
  openOn: (connection: Connection, process: number) => Store,
): (t: Test) => Promise<void> {
  return async t =>
    contract(t, async () => {
      const database: Database = new Map()
      let processes = 0
      return async () => {
        processes += 1
        return openOn({ database, reach: reachAtOnce }, processes)
      }
    })
}

test(
  'completions',
  inMemory(completionsContract, connection => memoryCompletions(connection)),
)
test('runs', inMemory(runsContract, memoryRuns))
test('closed days', inMemory(closedDaysContract, memoryClosedDays))
test('user logs', inMemory(userLogsContract, memoryUserLogs))
test('logs apart', inMemory(logsApartContract, memoryLogsApart))
test('events of tasks', inMemory(eventStoreContract, memoryEventStore))
test('the view of tasks', inMemory(taskViewContract, memoryTaskView))
test(
  'the ends of days',
  inMemory(dayEndsContract, connection => (zones, now) => memoryDayEnds(connection, zones, now)),
)
test(
  'the lease of sweeps',
  inMemory(
    sweepLeaseContract,
    (connection, process) => outbox => memorySweepLease(connection, outbox, `process ${process}`),
  ),
)
test(
  'dead letters',
  inMemory(deadLettersContract, connection => {
    const parked: BatchPlace[] = []
    return { parkFor: memoryDeadLetters(connection, place => parked.push(place)), parked }
  }),
)
test('log files', async t =>
  logFilesContract(t, async () => {
    const disk = new Map<string, string>()
    return async () => memoryLogFiles(disk, reachAtOnce)
  }))
test('manifests', async t =>
  manifestsContract(t, async () => {
    const stored: StoredManifests = new Map()
    return async () => memoryManifests(stored)
  }))

/** Runs a case with the delays that some seeds draw, in simulated time. */
const onSimulatedBroker =
  (onCrash: (error: Error) => void): WithBroker =>
  async work => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const random = randomFrom(seed)
      await inSimulatedTime({ start: Date.parse('2026-11-23T00:00:00Z'), random }, async time => {
        const never = { kills: () => false, losesAnswer: () => false, timesOut: () => false }
        const world: World = {
          time,
          random,
          faults: { ...drawFaults(random), ...never },
          trace: makeTrace(),
          slowUntil: 0,
        }
        const broker = makeBroker(time, () => random.between(1, 1500))
        const server = makeServers(world, () => 0).kafka
        const ports: KafkaPort[] = []
        const open = async () => {
          const process = makeProcess(`process ${ports.length}`, world, () => undefined)
          const port = memoryKafka({ broker, process, server, log: silent, onCrash })
          ports.push(port)
          return port
        }
        let isOver = false
        const stopAll = () =>
          Promise.all(ports.flatMap(port => port.consumers()).map(consumer => consumer.stop()))
        const done = work(open)
          .finally(stopAll)
          .finally(() => {
            isOver = true
          })
        await time.runUntil(() => isOver)
        await done
      })
    }
  }

test('Kafka', async t =>
  kafkaContract(
    t,
    onSimulatedBroker(error => t.error(error)),
  ))
