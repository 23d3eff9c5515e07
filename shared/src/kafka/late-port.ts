import type { Blocks } from '../failures/blocks.ts'
import type { KafkaPort } from './connect.ts'

/**
 * A port that is there before it is connected: what is asked of it waits until it is.
 * @param opening the connected port to come; if it fails, so does all that is asked of this port
 * @param trouble why it is not connected yet
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
  // A failure is for whoever made `opening`, and for whoever asks.
  opening.then(whenOpen, () => undefined)
  return {
    publish: async (...args) => (await opening).publish(...args),
    consume: async options => (await opening).consume(options),
    endOffsets: async topic => (await opening).endOffsets(topic),
    committedOffsets: async (group, topic) => (await opening).committedOffsets(group, topic),
    skipBatch: async options => (await opening).skipBatch(options),
    blocks,
    trouble: () => (opened ?? { trouble }).trouble(),
    close: async () => opened?.close(),
  }
}
