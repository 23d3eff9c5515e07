import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { isOutage } from '../../failures/outage.ts'
import type { App } from './app.ts'

/** What is followed, as it is now. */
export interface Followed {
  /** The whole state, as JSON. */
  state: object
  /** Whether this is the last state. */
  ended: boolean
}

interface Times {
  /** The milliseconds from one look at the state to the next. */
  ask: number
  /** The milliseconds after which a silent stream gets a comment, so that no proxy takes it for dead. */
  beat: number
}

const TIMES: Times = { ask: 500, beat: 15_000 }

// The streams that a process keeps open. A further one gets the state as it is, and its client comes back.
const MAX_STREAMS = 200

// A client that comes back after the last event has nothing to wait for: 204 tells it not to come again.
const LAST = 'last'

/** The request header of a client that comes back. */
export const lastEventField = {
  'last-event-id': Type.Optional(
    Type.String({
      description: `The id of the last event that the client has. After \`${LAST}\` the answer is 204`,
    }),
  ),
}

const Event = Type.Object(
  { event: Type.Literal('state'), id: Type.Optional(Type.Literal(LAST)), data: Type.String() },
  {
    title: 'StateEvent',
    examples: [{ event: 'state', data: '{}' }],
    description: 'The fields of each event; `data` is JSON',
  },
)

/** The answers of a route with an event stream. @param what the state that each event carries */
export const streamAnswers = (what: string) => ({
  200: {
    description: `Server-sent events. Each event \`state\` has ${what} as its data; it comes at once and after each change. The last one has the id \`${LAST}\``,
    content: { 'text/event-stream': { schema: Event } },
  },
  204: Type.Null({ description: 'The client has the last event' }),
})

/** Answers a request with a stream of states. Returns the reply, which a handler returns again; it has no type of the route's schema. */
export type Follow = (
  request: FastifyRequest<{ Headers: { 'last-event-id'?: string | undefined } }>,
  reply: FastifyReply,
  read: () => Promise<Followed>,
) => Promise<never>

/**
 * Makes the function that answers with server-sent events. `read` is asked again and again; an event is sent when its state
 * has changed. The stream ends with the last state, or when the client leaves or the server closes. Each event carries the
 * whole state, so a client that comes back has missed nothing. An outage only pauses the stream.
 */
export function eventStreams(app: App, times = TIMES, limit = MAX_STREAMS): Follow {
  const closing = new AbortController()
  let open = 0
  app.addHook('preClose', async () => closing.abort())

  async function* stream(first: Followed, read: () => Promise<Followed>, end: AbortSignal) {
    open += 1
    try {
      yield* events(first, read, { times, end })
    } finally {
      open -= 1
    }
  }

  return async (request, reply, read) => {
    if (request.headers['last-event-id'] === LAST) return reply.code(204).send(null) as never
    // The first state is read before the head is sent, so that an error is answered as a problem.
    const first = await read()
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const end = open < limit ? AbortSignal.any([closing.signal, gone.signal]) : AbortSignal.abort()
    // The connection ends with its stream, so that a closing server does not wait for it.
    reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no', connection: 'close' })
    return reply.type('text/event-stream').send(Readable.from(stream(first, read, end))) as never
  }
}

async function* events(
  first: Followed,
  read: () => Promise<Followed>,
  { times, end }: { times: Times; end: AbortSignal },
): AsyncGenerator<string> {
  let [sent, sentAt] = ['', performance.now()]
  for (let { state, ended } = first; ; { state, ended } = await readAgain(read, { state, ended })) {
    const data = JSON.stringify(state)
    if (data !== sent || ended) {
      yield `event: state\n${ended ? `id: ${LAST}\n` : ''}data: ${data}\n\n`
      ;[sent, sentAt] = [data, performance.now()]
    } else if (performance.now() - sentAt >= times.beat) {
      yield ': nothing has changed\n\n'
      sentAt = performance.now()
    }
    if (ended || !(await rests(times.ask, end))) return
  }
}

/** @returns the last state during an outage */
async function readAgain(read: () => Promise<Followed>, last: Followed): Promise<Followed> {
  try {
    return await read()
  } catch (error) {
    if (isOutage(error)) return last
    throw error
  }
}

/** @returns false when the stream is to end */
async function rests(ms: number, end: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: end })
    return true
  } catch (error) {
    if (end.aborted) return false
    throw error
  }
}
