import { setTimeout as sleep } from 'node:timers/promises'
import { DaybookError } from '@daybook/shared/failures/errors'
import type { ConsumerOptions, KafkaPort } from '@daybook/shared/kafka'
import type { Logger } from 'pino'

const RESTART_AFTER_MS = 5000

/**
 * Keeps a consumer running that the service can do without. Outages do not end it. When it ends for another reason, it counts
 * as blocked and starts again after a pause.
 * @param signal aborted when the process starts to stop
 * @returns a function that stops the consumer if it runs; one that is still waiting for Kafka then stops when it starts
 */
export function keepConsuming(
  kafka: Pick<KafkaPort, 'consume' | 'blocks'>,
  options: ConsumerOptions,
  { log, signal }: { log: Logger; signal: AbortSignal },
): () => Promise<void> {
  const { group } = options
  let stop = async () => {}

  /** Runs the consumer until it ends. @throws why it ended */
  async function consume(): Promise<never> {
    const ended = Promise.withResolvers<Error>()
    const running = await kafka.consume({ ...options, onCrash: ended.resolve })
    kafka.blocks.set(group, undefined)
    stop = running.stop
    if (signal.aborted) await stop()
    throw await ended.promise
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await consume()
      } catch (error) {
        if (signal.aborted) return
        log.error({ err: error, group }, 'a consumer ended: it starts again')
        if (error instanceof DaybookError) kafka.blocks.set(group, error)
        // Not awaited: a consumer that hangs does not stop either.
        stop().catch(reason => log.warn({ err: reason, group }, 'a consumer cannot be stopped'))
        stop = async () => {}
        await sleep(RESTART_AFTER_MS)
      }
    }
  }

  void run()
  return () => stop()
}
