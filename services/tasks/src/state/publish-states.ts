import { setTimeout as sleep } from 'node:timers/promises'
import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { eventIdOf, topics } from '@daybook/shared/events'
import type { ConsumerOptions, IncomingMessage, KafkaPort } from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import { type CatchUpDeps, catchUpTo } from '../events/catch-up-view.ts'
import { taskOfEvent } from '../task.ts'
import type { TaskView } from '../view/view-store.ts'
import { stateMessage, type Versioned } from './state-message.ts'

/** The consumer group that publishes the states of tasks. Kafka keeps its position by this name. */
export const stateGroup = 'tasks-state'

// The least milliseconds from one batch of a partition to the next. Under load, what is published meanwhile is one batch: a batch costs
// far more than an event in it.
const BATCH_EVERY_MS = 500
// A batch of this size does not wait: more of a backlog follows.
const LARGE = 250

interface StateDeps extends CatchUpDeps {
  view: CatchUpDeps['view'] & Pick<TaskView, 'loadAll'>
  kafka: Pick<KafkaPort, 'publish'>
  park: Park
  log: Logger
}

/**
 * Consumes daybook.tasks: an event of a task, of any type, makes it publish the present state of the task on daybook.tasks.state.
 * The offsets of events are committed after that, so after a crash the states are published again.
 */
export function publishStates(deps: StateDeps): ConsumerOptions {
  const { park, log } = deps
  // When the next batch of each partition may begin, in milliseconds of a monotonic clock.
  const nextAt = new Map<number, number>()

  async function gather({ length, 0: first }: IncomingMessage[]): Promise<void> {
    const partition = first?.partition ?? 0
    const early = (nextAt.get(partition) ?? 0) - performance.now()
    if (early > 0 && length < LARGE) await sleep(early)
    nextAt.set(partition, performance.now() + BATCH_EVERY_MS)
  }
  return {
    group: stateGroup,
    topic: topics.tasks.name,
    // A partition that gathers does not hold up the others, and batches that begin together share requests.
    concurrentPartitions: topics.tasks.partitions,
    park,
    // The next event of each task brings its whole state, and reporting ends at such a batch.
    skipUndecodable: error => log.error({ code: error.code }, error.message),
    async handle(messages, heartbeat) {
      const newest = newestOf(messages)
      if (newest.size === 0) return
      await gather(messages)
      await publishAll(newest, deps, heartbeat)
    },
  }
}

/** The highest sequence of each task. Records that are no events of a task are left out: reporting parks them. */
function newestOf(messages: IncomingMessage[]): Map<string, number> {
  const newest = new Map<string, number>()
  for (const message of messages) {
    const named = taskOfEvent(eventIdOf(message) ?? '')
    if (named === undefined) continue
    newest.set(named.taskId, Math.max(named.sequence, newest.get(named.taskId) ?? 0))
  }
  return newest
}

/**
 * Publishes the states of tasks until the view has no newer ones: another process may have published a newer state between
 * the load and the publishing, and then the older one must not be the last.
 * @param newest for each task the sequence that its state must have at least
 */
async function publishAll(
  newest: ReadonlyMap<string, number>,
  deps: StateDeps,
  heartbeat: () => Promise<void>,
): Promise<void> {
  const { view, kafka } = deps
  while (newest.size > 0) {
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
