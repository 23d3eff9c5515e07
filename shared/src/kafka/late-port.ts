import type { Blocks } from '../failures/blocks.ts'
import type { KafkaPort } from './connect.ts'

/**
 * Makes a port that can be used before it is connected: its operations wait for the connection.
 * @param opening resolves with the connected port; when it rejects, all operations reject
 * @param trouble says why the port is not connected yet
 */
export function latePort(
  opening: Promise<KafkaPort>,
  blocks: Blocks,
  trouble: () => string | undefined,
): KafkaPort {
  let opened: KafkaPort | undefined
  const whenOpen = (port: KafkaPort) => {
    opened = port
  }
  // The caller that made `opening` handles a failure, and each operation rejects with it.
  opening.then(whenOpen, () => undefined)
  return {
    publish: async (...args) => (await opening).publish(...args),
    consume: async options => (await opening).consume(options),
    endOffsets: async topic => (await opening).endOffsets(topic),
    offsetsSince: async (...args) => (await opening).offsetsSince(...args),
    countPartitions: async topic => (await opening).countPartitions(topic),
    committedOffsets: async (group, topic) => (await opening).committedOffsets(group, topic),
    skipBatch: async options => (await opening).skipBatch(options),
    createTopics: async topics => (await opening).createTopics(topics),
    deleteIdleGroups: async prefix => (await opening).deleteIdleGroups(prefix),
    hasTopic: async topic => (await opening).hasTopic(topic),
    consumers: () => opened?.consumers() ?? [],
    blocks,
    trouble: () => (opened ?? { trouble }).trouble(),
    close: async () => opened?.close(),
  }
}
