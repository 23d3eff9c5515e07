import type { Readable } from 'node:stream'
import { DaybookError } from '@daybook/shared/failures/errors'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Agent, type Dispatcher } from 'undici'
import type { Addresses } from '../services.ts'
import { endToEnd } from './headers.ts'
import type { Part } from './paths.ts'
import { randomAddress } from './random-address.ts'
import { serviceAway } from './service-away.ts'

const CONNECT_MS = 3000
// A request may prefer to wait 60 s, and MongoDB may need its time.
const ANSWER_MS = 120_000
// An event stream has a comment every 15 s.
const SILENCE_MS = 60_000
// After this time a closing gateway gives up the requests in progress, so that it ends in time.
const CLOSING_MS = 5000

/** Sends requests to the services. */
export interface Forwarding {
  /** Answers a request with the answer of the service that has its path. Throws DAYBOOK_SERVICE_AWAY. */
  forward: (request: FastifyRequest, reply: FastifyReply, part: Part) => Promise<FastifyReply>
  /** Ends the event streams at once, and other requests soon. */
  end: () => void
  close: () => Promise<void>
}

/** Opens connections to the services as they are needed. */
export function openForwarding(addresses: Addresses): Forwarding {
  const agent = new Agent({
    connect: { timeout: CONNECT_MS, lookup: randomAddress },
    headersTimeout: ANSWER_MS,
    bodyTimeout: SILENCE_MS,
  })
  const streams = new Set<Readable>()
  const closing = new AbortController()
  let givingUp: NodeJS.Timeout | undefined

  async function forward(request: FastifyRequest, reply: FastifyReply, { service, prefix }: Part) {
    const gone = new AbortController()
    // A client may have left while its token was checked.
    if (reply.raw.closed) gone.abort()
    else reply.raw.once('close', () => gone.abort())
    // The connection must outlast the wait that a request prefers.
    request.raw.setTimeout(ANSWER_MS + SILENCE_MS)
    const sent: Dispatcher.RequestOptions = {
      ...requestOf(request),
      path: pathAtService(request.raw.url ?? '', prefix),
      origin: addresses[service],
      signal: AbortSignal.any([gone.signal, closing.signal]),
    }
    const answer = await agent.request(sent).catch(error => {
      if (gone.signal.aborted) return undefined
      throw serviceAway(service, error)
    })
    // The client has left, and nothing is wrong.
    if (answer === undefined) return reply.hijack()
    if (isEventStream(answer)) {
      streams.add(answer.body)
      answer.body.once('close', () => streams.delete(answer.body))
      // The connection ends with its stream, so that a closing server does not wait for it.
      reply.header('connection', 'close')
    }
    return reply.code(answer.statusCode).headers(endToEnd(answer.headers)).send(answer.body)
  }

  return {
    forward,
    end() {
      for (const stream of streams) stream.destroy()
      givingUp = setTimeout(() => closing.abort(), CLOSING_MS)
    },
    async close() {
      clearTimeout(givingUp)
      await agent.destroy()
    },
  }
}

const isEventStream = ({ headers }: Dispatcher.ResponseData) =>
  String(headers['content-type']).startsWith('text/event-stream')

function pathAtService(url: string, prefix: string): string {
  const path = url.slice(prefix.length)
  // The router also finds a prefix that is percent-encoded.
  if (url.startsWith(prefix) && path.startsWith('/')) return path
  throw new DaybookError('DAYBOOK_ROUTE_NOT_FOUND', 'There is nothing at this path: see /docs for all paths')
}

function requestOf({ raw, contentType, body, traceparent }: FastifyRequest) {
  const { host: _, ...headers } = endToEnd(raw.headers)
  // The service continues the trace in which the gateway logs. A client's own context passes as it is.
  headers.traceparent ??= traceparent
  if (contentType !== undefined) headers['content-type'] = contentType
  // Fastify reads no body of these.
  const hasNoBody = raw.method === 'GET' || raw.method === 'HEAD'
  if (hasNoBody) delete headers['content-length']
  return {
    method: raw.method as Dispatcher.HttpMethod,
    headers,
    body: hasNoBody ? null : ((body as Readable | undefined) ?? null),
  }
}
