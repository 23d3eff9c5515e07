/**
 * Passes messages to another thread in batches: those of one turn of the event loop together, because each post costs a
 * system call and wakes the other thread.
 * @param post posts a batch
 * @returns `send` adds a message; `flush` posts at once what was added
 */
export function batched<Message>(post: (messages: Message[]) => void): {
  send: (message: Message) => void
  flush: () => void
} {
  let waiting: Message[] = []
  const flush = () => {
    if (waiting.length === 0) return
    const messages = waiting
    waiting = []
    post(messages)
  }
  return {
    send(message) {
      if (waiting.push(message) === 1) setImmediate(flush)
    },
    flush,
  }
}
