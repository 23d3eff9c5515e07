import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { waitOut } from '../../../src/failures/outage.ts'
import type { KafkaPort } from '../../../src/kafka/index.ts'

/** Milliseconds between two looks for a topic. */
const LOOK_MS = 250

/**
 * Waits until a topic exists. The scheduler creates the topics of jobs, and that of a lane when it knows of the lane from a
 * beat, a job or a kind.
 * @throws AbortError when `signal` is aborted
 */
export async function waitForTopic(
  kafka: Pick<KafkaPort, 'hasTopic'>,
  name: string,
  { log, signal }: { log: Logger; signal: AbortSignal },
): Promise<void> {
  const exists = () => waitOut(`looking for the topic ${name}`, () => kafka.hasTopic(name), { log, signal })
  for (let looks = 1; !(await exists()); looks += 1) {
    if (looks === 8) log.warn(`there is no topic ${name}: waiting for the scheduler to create it`)
    await sleep(LOOK_MS, undefined, { signal })
  }
}
