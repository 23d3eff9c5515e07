import type { onRequestAsyncHookHandler } from 'fastify'

/**
 * Makes a hook that lets few requests of a route into this process at once. The others wait before their bodies are read, so they take
 * no memory.
 * @param limit how many requests are in hand at the same time
 */
export function fewAtOnce(limit: number): onRequestAsyncHookHandler {
  let free = limit
  const waiting: (() => void)[] = []

  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }

  return async (_request, reply) => {
    if (free > 0) free -= 1
    else await new Promise<void>(resolve => waiting.push(resolve))
    if (reply.raw.closed) {
      // The client has left while the request waited. Nobody handles a request whose hook returns the reply.
      leave()
      return reply
    }
    reply.raw.once('close', leave)
    return undefined
  }
}
