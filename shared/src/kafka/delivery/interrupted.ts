/**
 * Thrown when the group changed or the consumer stops. The messages in progress are not committed, so they are
 * delivered again.
 */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Makes a heartbeat that throws `Interrupted` when the group changed or the consumer stops. */
export function asInterruption(heartbeat: () => Promise<void>, stopping: AbortSignal): () => Promise<void> {
  return async () => {
    if (stopping.aborted) throw new Interrupted('the consumer is stopping')
    try {
      await heartbeat()
    } catch (error) {
      throw new Interrupted('the consumer group changed', { cause: error })
    }
  }
}
