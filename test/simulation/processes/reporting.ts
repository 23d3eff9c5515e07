import { makeWaiters } from '@daybook/shared/http'
import type { Service } from '@daybook/shared/process/service'
import { roleNames } from '../../../services/reporting/src/config.ts'
import { prepareConsumers } from '../../../services/reporting/src/consumers.ts'
import { projectionPosition } from '../../../services/reporting/src/projection/position.ts'
import { openRoles } from '../../../services/reporting/src/roles/open-roles.ts'
import type { Ports } from '../../../services/reporting/src/roles/ports.ts'
import { memoryKafka } from '../kafka/port.ts'
import { memoryDeadLetters } from '../ports/dead-letters.ts'
import { memoryClosedDays } from '../ports/reporting/closed-days.ts'
import { memoryCompletions } from '../ports/reporting/completions.ts'
import { memoryLogFiles } from '../ports/reporting/log-files.ts'
import { memoryLogsApart } from '../ports/reporting/logs-apart.ts'
import { memoryManifests } from '../ports/reporting/manifests.ts'
import { memoryRuns } from '../ports/reporting/runs.ts'
import { memoryUserLogs } from '../ports/reporting/user-logs.ts'
import { memorySweepLease } from '../ports/sweep-lease.ts'
import { type Process, reachOf } from '../world/world.ts'
import type { Outside } from './outside.ts'

const allRoles = new Set(roleNames)

// No earlier version has stored anything under older names of time zones.
const renamedRuns: Ports['renamedRuns'] = {
  unfinished: async () => [],
  removeUnfinished: async () => undefined,
  async *doneSince() {},
  async *doneAmong() {},
  rename: async () => undefined,
}
const renamedCompletions: Ports['renamedCompletions'] = {
  async *underOlderNames() {},
  async *ofDay() {},
  async *ofDays() {},
  rename: async () => undefined,
  renameDay: async () => undefined,
}

// Nobody asks for reruns.
const reruns = {
  unfinished: async () => [],
  inHand: async () => [],
  doneAmong: async () => [],
  release: async () => undefined,
} as unknown as Ports['reruns']

const noRebuild = { joining: async () => undefined }

/** Starts what a process of reporting does in all its roles, except for REST. */
export const startReporting =
  (outside: Outside) =>
  async (service: Service, process: Process): Promise<void> => {
    const { broker, servers, database, disk, manifests } = outside
    const connection = { database, reach: reachOf(process, servers.mongo) }
    const kafka = memoryKafka({ broker, process, server: servers.kafka, ...service, onCrash: service.fail })
    const ports: Ports = {
      ...service,
      completions: memoryCompletions(connection),
      runs: memoryRuns(connection),
      closedDays: memoryClosedDays(connection),
      userLogs: memoryUserLogs(connection),
      renamedRuns,
      renamedCompletions,
      // Nobody erases anything.
      forget: async () => undefined,
      kafka,
      projectedOffsets: projectionPosition(kafka, noRebuild),
      manifests: memoryManifests(manifests, reachOf(process, servers.disk)),
      files: memoryLogFiles(disk, reachOf(process, servers.disk)),
      parkFor: memoryDeadLetters(connection),
      removeLetters: async () => undefined,
      sweepLease: collection => memorySweepLease(connection, collection, crypto.randomUUID()),
      logsApart: memoryLogsApart(connection),
      logTimeLimit: 60_000,
      pace: { wait: async () => undefined, isWaiting: () => false },
      reruns,
      logsOfDays: {} as Ports['logsOfDays'],
      logAges: {} as Ports['logAges'],
      waiters: makeWaiters(service.log, reruns.doneAmong),
      taskFiles: false,
      runDeadline: 600_000,
    }
    const { own } = await openRoles(ports, allRoles)
    await prepareConsumers(kafka, own, service.closing).start()
  }
