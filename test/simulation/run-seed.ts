import type { ClockEvent, DayAmended, DayReported, TaskEvent } from '@daybook/shared/events'
import { topics } from '@daybook/shared/events'
import { type Logger, pino } from 'pino'
import { lateRequestTopic, logRequestTopic } from '../../services/reporting/src/logs/log-requests.ts'
import type { UserLog } from '../../services/reporting/src/logs/user-log-model.ts'
import type { StoredCompletion } from '../../services/reporting/src/projection/completion-model.ts'
import { type Broker, makeBroker } from './kafka/broker.ts'
import { checkEndsOfDays, checkTaskEvents } from './oracle/check-events.ts'
import { checkManifests } from './oracle/check-manifests.ts'
import { checkAmendments, checkReports } from './oracle/check-reports.ts'
import { checkFiles, checkProjection, sha256 } from './oracle/check-stores.ts'
import { expectedOf } from './oracle/expected.ts'
import { readTopic } from './oracle/facts.ts'
import { unsettled } from './oracle/settled.ts'
import { documentsOf, reachAtOnce } from './ports/database.ts'
import { memoryDayEnds } from './ports/scheduler/schedules.ts'
import { type Instance, launch } from './processes/launch.ts'
import type { Outside } from './processes/outside.ts'
import { startReporting } from './processes/reporting.ts'
import { startScheduler } from './processes/scheduler.ts'
import { startTasks } from './processes/tasks.ts'
import { drawStory, LAST_MS, type Story } from './workload/draw-story.ts'
import { makeUsers, type Users } from './workload/users.ts'
import { drawFaults } from './world/faults.ts'
import { randomFrom } from './world/random.ts'
import { makeServers } from './world/servers.ts'
import { inSimulatedTime, type Time } from './world/time.ts'
import { makeTrace } from './world/trace.ts'
import type { World } from './world/world.ts'

/** What became of one seed. */
export interface Outcome {
  seed: number
  /** What the oracle found; empty if all is as it has to be. */
  differences: string[]
  /** Two runs of a seed have the same hash. */
  hash: string
  counts: { steps: number; crashes: number; outages: number; lost: number; commands: number }
}

const silent = pino({ level: 'silent' })
// A day later, all days of the story are over in all zones.
const LATER_MS = 26 * 3_600_000
// The longest time, of the monotonic clock, until everything is done after the last fault or the end of a day.
const LIMIT_MS = 4 * 60_000
const MOST_DAYS = 3
const CHECK_MS = 250
const AFTER_SLOW_MS = 2000

/** Simulates what a seed determines, and compares its end with what the events say. */
export async function runSeed(
  seed: number,
  print?: (line: string) => void,
  log: Logger = silent,
): Promise<Outcome> {
  // Stacks take time, and an outage makes many errors.
  if (print === undefined) Error.stackTraceLimit = 0
  const random = randomFrom(seed)
  const story = drawStory(random)
  return inSimulatedTime({ start: story.start, random }, async time => {
    const world: World = { time, random, faults: drawFaults(random), trace: makeTrace(print), slowUntil: 0 }
    const broker = makeBroker(time, () => random.between(1, 1500))
    for (const { name, partitions } of [
      topics.tasks,
      topics.clock,
      topics.reports,
      logRequestTopic,
      lateRequestTopic,
    ])
      broker.createTopic(name, partitions)
    const outside: Outside = {
      broker,
      database: new Map(),
      disk: new Map(),
      manifests: new Map(),
      servers: makeServers(world, () => (random.chance(0.5) ? 0 : 4 * random.next())),
      timeZones: story.timeZones,
    }
    // An earlier start has made the schedules: a scheduler that starts late must not miss the first day.
    await memoryDayEnds({ database: outside.database, reach: reachAtOnce }, story.timeZones, new Date())
    const differences: string[] = []
    const snapshots = new Map<string, ReadonlyMap<string, string>>()
    broker.onAppend(topics.reports.name, records => {
      for (const { event } of readTopic([records]).first)
        if (!snapshots.has(event.id)) snapshots.set(event.id, new Map(outside.disk))
    })
    const users = makeUsers(world)
    const instances = launchAll(world, outside, users, log, error =>
      differences.push(`a process failed: ${error.stack}`),
    )
    const isQuiet = () => unsettled(outside, time.wall()).length === 0 && !users.areWaiting()
    await play(story, { world, users, instances, isQuiet })
    differences.push(...(await settle(outside, world, isQuiet)))
    differences.push(...examine(outside, users, snapshots))
    const { counts } = world.faults
    const commands = users.asked.length
    return {
      seed,
      differences,
      hash: world.trace.hash(),
      counts: { ...counts, steps: world.trace.events(), commands },
    }
  })
}

function launchAll(
  world: World,
  outside: Outside,
  users: Users,
  log: Logger,
  onFailure: (error: Error) => void,
): Instance[] {
  const services = {
    tasks: startTasks(outside, users.serve),
    reporting: startReporting(outside),
    scheduler: startScheduler(outside),
  }
  return Object.entries(services).flatMap(([service, start]) =>
    [1, 2].map(number => launch(world, { name: `${service}-${number}`, log, start, onFailure })),
  )
}

interface Playing {
  world: World
  users: Users
  instances: Instance[]
  /** Whether everything is done for now. */
  isQuiet: () => boolean
}

/** Lets the story happen, with faults. Most windows end when everything is done: then machines would only look for work. */
async function play({ windows, steps }: Story, { world, users, instances, isQuiet }: Playing): Promise<void> {
  const { time, random } = world
  for (const { from, ends, to } of windows) {
    if (from > time.wall()) time.jump(from - time.wall())
    let last = Math.max(...ends)
    for (const step of steps.filter(({ at }) => at >= from && at <= to)) {
      last = Math.max(last, step.at)
      time.after(Math.max(1, step.at - time.wall()), () => users.act(step))
    }
    if (random.chance(0.3)) {
      const restartAt = random.between(1, last + LAST_MS - from)
      last = Math.max(last, time.wall() + restartAt)
      time.after(restartAt, () => void random.pick(instances).restart())
    }
    const isWhole = random.chance(0.2)
    const isDone = quietFor(time, isQuiet)
    await time.runUntil(() => time.wall() >= to || (!isWhole && time.wall() > last && isDone()))
  }
}

/** Ends the faults and lets all days of the story end. @returns what is still not done after a long time */
async function settle(outside: Outside, world: World, isQuiet: () => boolean): Promise<string[]> {
  const { time, faults } = world
  faults.end()
  // A member that has lost its partitions during a slow access still does what comes after it, and nobody else knows of that.
  await untilQuiet(time, () => time.now() > world.slowUntil + AFTER_SLOW_MS && isQuiet())
  // A write of a member that has lost its partitions may arrive so late that its run waits for the next end of a day.
  for (let days = 0; days < 1 || (days < MOST_DAYS && !isQuiet()); days += 1) {
    time.jump(LATER_MS)
    await untilQuiet(time, isQuiet)
  }
  return unsettled(outside, time.wall()).map(what => `not done: ${what}`)
}

async function untilQuiet(time: Time, isQuiet: () => boolean): Promise<void> {
  const limit = time.now() + LIMIT_MS
  const isDone = quietFor(time, isQuiet)
  await time.runUntil(() => isDone() || time.now() > limit)
}

/** @returns a function that says whether it was quiet at several checks, one after the other */
function quietFor(time: Time, isQuiet: () => boolean): () => boolean {
  let [nextCheck, quietChecks] = [time.now() + CHECK_MS, 0]
  return () => {
    if (time.now() < nextCheck) return false
    nextCheck = time.now() + CHECK_MS
    quietChecks = isQuiet() ? quietChecks + 1 : 0
    return quietChecks >= 2
  }
}

const logsOf = (broker: Broker, topic: string) =>
  Array.from({ length: broker.partitions(topic) }, (_, p) =>
    broker.read(topic, p, 0n, Number.POSITIVE_INFINITY),
  )

function examine(
  { broker, database, disk, manifests }: Outside,
  { asked }: Users,
  snapshots: ReadonlyMap<string, ReadonlyMap<string, string>>,
): string[] {
  const tasks = readTopic<TaskEvent>(logsOf(broker, topics.tasks.name))
  const clock = readTopic<ClockEvent>(logsOf(broker, topics.clock.name))
  const reports = readTopic<DayReported | DayAmended>(logsOf(broker, topics.reports.name))
  const found: string[] = []
  const expected = expectedOf(tasks, asked, found)
  const given = { reports, clock, expected, snapshots }
  for (const id of documentsOf(database, 'dead_letters').keys()) found.push(`a dead letter: ${id}`)
  found.push(
    ...checkTaskEvents(tasks, asked),
    ...checkEndsOfDays(clock),
    ...checkProjection(expected, documentsOf<StoredCompletion>(database, 'completions')),
    ...checkFiles(expected, disk, documentsOf<UserLog>(database, 'user_logs')),
    ...checkReports(given),
    ...checkManifests(reports, manifests, documentsOf<UserLog>(database, 'user_logs')),
    ...checkAmendments(given, path => sha256(disk.get(path))),
  )
  return found
}
