import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BatchPlace, openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { connectKafka, type KafkaPort } from '@daybook/shared/kafka'
import { sweepLease } from '@daybook/shared/outbox'
import { makeStack, silent } from '@daybook/shared/testing'
import type { Connection } from 'mongoose'
import { type Test, t, test } from 'tap'
import { openLogsApart } from '../../../services/reporting/src/apart/apart-store.ts'
import { openLogFiles } from '../../../services/reporting/src/logs/log-files.ts'
import { logReader } from '../../../services/reporting/src/logs/read-logs.ts'
import { openUserLogs } from '../../../services/reporting/src/logs/user-log-store.ts'
import { manifestFiles } from '../../../services/reporting/src/manifests/manifest-files.ts'
import { openCompletions } from '../../../services/reporting/src/projection/completion-store.ts'
import { openClosedDays } from '../../../services/reporting/src/runs/closed-day-store.ts'
import { openRuns } from '../../../services/reporting/src/runs/run-store.ts'
import { openSchedules } from '../../../services/scheduler/src/schedules/schedule-store.ts'
import { openEventStore } from '../../../services/tasks/src/events/event-store.ts'
import { openTaskView } from '../../../services/tasks/src/view/view-store.ts'
import { closedDaysContract } from './closed-days.ts'
import { completionsContract } from './completions.ts'
import type { Contract } from './contract.ts'
import { dayEndsContract } from './day-ends.ts'
import { deadLettersContract } from './dead-letters.ts'
import { eventStoreContract } from './event-store.ts'
import { kafkaContract } from './kafka.ts'
import { logFilesContract, manifestsContract } from './log-files.ts'
import { logsApartContract } from './logs-apart.ts'
import { runsContract } from './runs.ts'
import { sweepLeaseContract } from './sweep-lease.ts'
import { taskViewContract } from './task-view.ts'
import { userLogsContract } from './user-logs.ts'

const { db, brokers, prefix } = await makeStack(t)
let [databases, clusters] = [0, 0]

/** Runs a suite against the store of a service, in databases of their own. */
function inMongo<Store>(
  contract: Contract<Store>,
  openOn: (connection: Connection) => Store | Promise<Store>,
): (t: Test) => Promise<void> {
  return async t =>
    contract(t, async () => {
      databases += 1
      const connection = db.useDb(`${db.name}-${databases}`)
      t.teardown(() => connection.dropDatabase())
      return async () => openOn(connection)
    })
}

test('completions', inMongo(completionsContract, openCompletions))
test('runs', inMongo(runsContract, openRuns))
test('closed days', inMongo(closedDaysContract, openClosedDays))
test('user logs', inMongo(userLogsContract, openUserLogs))
test('logs apart', inMongo(logsApartContract, openLogsApart))
test('events of tasks', inMongo(eventStoreContract, openEventStore))
test('the view of tasks', inMongo(taskViewContract, openTaskView))
test(
  'the ends of days',
  inMongo(dayEndsContract, connection => (zones, now) => openSchedules(connection, zones, now)),
)
test(
  'the lease of sweeps',
  inMongo(sweepLeaseContract, connection => outbox => sweepLease(connection, outbox)),
)
test(
  'dead letters',
  inMongo(deadLettersContract, connection => {
    const parked: BatchPlace[] = []
    return { parkFor: openDeadLetters(connection, place => void parked.push(place)), parked }
  }),
)
test('log files', async t =>
  logFilesContract(t, async () => {
    const root = await mkdtemp(join(tmpdir(), 'daybook-logs-'))
    t.teardown(() => rm(root, { recursive: true }))
    return async () => ({ ...(await openLogFiles(root)), ...logReader(root) })
  }))
test('manifests', async t =>
  manifestsContract(t, async () => {
    const root = t.testdir()
    return async () => manifestFiles(root)
  }))
test('Kafka', async t =>
  kafkaContract(t, async work => {
    clusters += 1
    const ports: KafkaPort[] = []
    const own = { brokers, service: 'test', prefix: `${prefix}${clusters}.`, topics: [], log: silent }
    try {
      await work(async () => {
        const port = await connectKafka({ ...own, onCrash: error => t.error(error) })
        ports.push(port)
        return port
      })
    } finally {
      for (const port of ports) {
        await Promise.all(port.consumers().map(consumer => consumer.stop()))
        await port.close()
      }
    }
  }))
