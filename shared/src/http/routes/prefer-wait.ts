import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Waiters } from './waiters.ts'

/** The longest time that a request may wait, in seconds: proxies often close a connection that is silent for longer. */
const MAX_WAIT = 60

/** The request header Prefer. */
export const preferField = {
  prefer: Type.Optional(
    Type.String({
      description: `\`wait=N\` answers only when the work has ended, or after N seconds, at most ${MAX_WAIT}; \`wait\` alone means ${MAX_WAIT} (RFC 7240)`,
    }),
  ),
}

/** The header of an answer to a request that preferred to wait. */
export const preferenceApplied = {
  'preference-applied': Type.String({
    description:
      'The wait that was granted. Absent when the request did not prefer to wait, or too many requests wait',
  }),
}

const waitForm = /(?:^|,)[ \t]*wait(?:[ \t]*=[ \t]*"?(\d{1,9})"?)?[ \t]*(?=$|[,;])/i

/** Reads how many seconds a request prefers to wait, at most 60; undefined without such a preference. */
export function readWait(prefer: string | undefined): number | undefined {
  const found = waitForm.exec(prefer ?? '')
  return found === null ? undefined : Math.min(MAX_WAIT, Number(found[1] ?? MAX_WAIT))
}

/**
 * Waits for the end of work, as the request prefers. Ends early when the client closes the connection.
 * @returns true when the request asked to wait, and the work has ended; its outcome must be read then
 */
export async function waitAsPreferred(
  request: FastifyRequest<{ Headers: { prefer?: string | undefined } }>,
  reply: FastifyReply,
  { waiters, id }: { waiters: Pick<Waiters, 'wait'>; id: string },
): Promise<boolean> {
  const seconds = readWait(request.headers.prefer)
  if (seconds === undefined) return false
  const gone = new AbortController()
  const leave = () => gone.abort()
  reply.raw.once('close', leave)
  // The connection must outlast the wait. Node sets its own limit again with the next request.
  request.raw.setTimeout((seconds + MAX_WAIT) * 1000)
  const ended = await waiters.wait(id, seconds * 1000, gone.signal)
  reply.raw.off('close', leave)
  if (ended !== undefined) reply.header('preference-applied', `wait=${seconds}`)
  return ended === true
}
