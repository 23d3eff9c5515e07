import type { LetterRoutes } from '@daybook/shared/dead-letter-api/letter-routes'
import { letterGauge } from '@daybook/shared/dead-letter-api/metrics'
import { openLetterRoutes } from '@daybook/shared/dead-letter-api/open-letter-routes'
import type { ConsumerOptions, KafkaPort, RunningConsumer } from '@daybook/shared/kafka'
import type { Service } from '@daybook/shared/process/service'
import type { Registry } from 'prom-client'

interface Consuming {
  mongo: Parameters<typeof openLetterRoutes>[0]
  kafka: KafkaPort
  metrics: Registry
  consumers: ConsumerOptions[]
}

/**
 * Starts the consumers of the scheduler in the background, and opens their dead letters.
 * @returns `checks`: the readiness checks by consumer group
 */
export async function startConsumers(
  service: Service,
  { mongo, kafka, metrics, consumers }: Consuming,
): Promise<{ letters: LetterRoutes; checks: Record<string, () => string | undefined> }> {
  const letters = await openLetterRoutes(mongo, consumers)
  letterGauge(metrics, letters)
  const started = consumers.map(options => [options.group, consume(service, kafka, options)] as const)
  return { letters, checks: Object.fromEntries(started) }
}

/**
 * Starts a consumer in the background: the service answers while Kafka is away.
 * @returns says for readiness why the consumer does not consume; undefined when it does
 */
function consume(
  { closing, fail }: Pick<Service, 'closing' | 'fail'>,
  kafka: KafkaPort,
  options: ConsumerOptions,
): () => string | undefined {
  let running: RunningConsumer | undefined
  closing.defer(() => running?.stop())
  const started = (consumer: RunningConsumer) => {
    running = consumer
  }
  kafka.consume(options).then(started, fail)
  return () => (running === undefined ? 'starting' : running.trouble())
}
