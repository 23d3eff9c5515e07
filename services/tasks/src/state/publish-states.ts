import { setTimeout as sleep } from 'node:timers/promises'
import { groupCommit } from '@daybook/shared/async/group-commit'
import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { eventIdOf, topics } from '@daybook/shared/events'
import type { ConsumerOptions, KafkaPort } from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import { type CatchUpDeps, catchUpTo } from '../events/catch-up-view.ts'
import { taskOfEvent } from '../task.ts'
import type { TaskView } from '../view/view-store.ts'
import { stateMessage, type Versioned } from './state-message.ts'

/** The consumer group that publishes the states of tasks. Kafka keeps its position by this name. */
export const stateGroup = 'tasks-state'

// The least milliseconds between two batches. Under load, what all partitions publish meanwhile is one batch, because a batch costs far
// more than an event in it.
const BATCH_EVERY_MS = 500
// A task that changes all the time has a newer state after each round.
const MAX_ROUNDS = 5
// A part of this size does not wait: more of a backlog follows.
const LARGE = 250

interface StateDeps extends CatchUpDeps {
  view: CatchUpDeps['view'] & Pick<TaskView, 'loadAll'>
  kafka: Pick<KafkaPort, 'publish'>
  park: Park
  log: Logger
}

/** What a batch is made of: the events of one partition. */
interface Part {
  events: { taskId: string; sequence: number }[]
  heartbeat: () => Promise<void>
}

/**
 * Consumes daybook.tasks: an event of a task, of any type, makes it publish the present state of the task on daybook.tasks.state.
 * The offsets of events are committed after that, so after a crash the states are published again.
 */
export function publishStates(deps: StateDeps): ConsumerOptions {
  const { park, log } = deps
  // Resolves when the next batch may begin.
  let next: Promise<unknown> = Promise.resolve()

  async function publish(parts: Part[]): Promise<Part[]> {
    // The consumer has one membership, so a heartbeat is the same for all partitions.
    const heartbeat = async () => parts[0]?.heartbeat()
    await publishAll(newestOf(parts.flatMap(({ events }) => events)), deps, heartbeat)
    return parts
  }
  const publishTogether = groupCommit(publish, topics.tasks.partitions)
  return {
    group: stateGroup,
    topic: topics.tasks.name,
    // All partitions wait for the next batch at the same time.
    concurrentPartitions: topics.tasks.partitions,
    park,
    // The next event of each task brings its whole state, and reporting ends at such a batch.
    skipUndecodable: error => log.error({ code: error.code }, error.message),
    async handle(messages, heartbeat) {
      // Records that are no events of a task are left out: reporting parks them.
      const events = messages.flatMap(message => taskOfEvent(eventIdOf(message) ?? '') ?? [])
      if (events.length === 0) return
      if (events.length < LARGE) await next
      next = sleep(BATCH_EVERY_MS)
      // After a failure, messages come one by one. Then none may fail because of another one.
      await (events.length > 1 ? publishTogether({ events, heartbeat }) : publish([{ events, heartbeat }]))
    },
  }
}

/** The highest sequence of each task. */
function newestOf(events: Part['events']): Map<string, number> {
  const newest = new Map<string, number>()
  for (const { taskId, sequence } of events) newest.set(taskId, Math.max(sequence, newest.get(taskId) ?? 0))
  return newest
}

/**
 * Publishes the states of tasks until the view has no newer ones, for a few rounds: another process may have published a newer state between
 * the load and the publishing, and then the older one must not be the last.
 * @param newest for each task the sequence that its state must have at least
 */
async function publishAll(
  newest: ReadonlyMap<string, number>,
  deps: StateDeps,
  heartbeat: () => Promise<void>,
): Promise<void> {
  const { view, kafka } = deps
  // The events of newer versions are still to come, and bring the states again. So a task that changes all the time holds up no others.
  for (let round = 0; newest.size > 0 && round < MAX_ROUNDS; round += 1) {
    const states = await loadStates(newest, deps)
    // A process that has lost its partitions ends here, and publishes nothing old.
    await heartbeat()
    await kafka.publish(topics.taskStates.name, states.map(stateMessage))
    const published = new Map(states.map(({ id, version }) => [id, version]))
    const versions = await view.versions([...published.keys()])
    newest = new Map([...versions].filter(([id, version]) => version > (published.get(id) ?? 0)))
  }
}

/** The states as the view has them. A view that a crash has left behind the events is brought up to date first. */
async function loadStates(newest: ReadonlyMap<string, number>, deps: StateDeps): Promise<Versioned[]> {
  const loaded = await deps.view.loadAll([...newest.keys()])
  const behind = new Map([...newest].filter(([id, sequence]) => (loaded.get(id)?.version ?? 0) < sequence))
  await catchUpTo(behind, deps)
  for (const [id, task] of await deps.view.loadAll([...behind.keys()])) loaded.set(id, task)
  return [...newest].map(([id, sequence]) => {
    const task = loaded.get(id)
    return { id, task, version: task?.version ?? sequence }
  })
}
