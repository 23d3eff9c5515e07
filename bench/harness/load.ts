import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** One request of a load. */
export interface LoadRequest {
  method: 'GET' | 'POST'
  path: string
  bearer?: string
  /** JSON text. */
  body?: string
}

/** An answer, with the milliseconds since its request was due. */
export interface LoadAnswer {
  status: number
  body: string
  ms: number
}

/** Sends requests over connections that stay open, for a few microseconds of CPU time each. */
export interface LoadClient {
  /**
   * Sends requests as fast as they are answered: each connection sends the next one when it has the answer to its last.
   * @param onAnswer receives each answer and the place of its request; the default accepts any 2xx
   * @returns the milliseconds of each request, and the seconds from the first request to the last answer
   */
  flood: (requests: LoadRequest[], onAnswer?: OnAnswer) => Promise<LoadTimes>
  /** Sends one request. */
  send: (request: LoadRequest) => Promise<LoadAnswer>
  /**
   * Sends requests at a constant rate, however long the answers take. The time of a request begins when it was due.
   * @param rate requests each second
   */
  pace: (requests: LoadRequest[], rate: number, onAnswer?: OnAnswer) => Promise<LoadTimes>
  close: () => void
}

export interface LoadTimes {
  latencies: Float64Array
  seconds: number
}

type OnAnswer = (answer: LoadAnswer, place: number) => void

/**
 * Opens connections to a service.
 * @param connections their number; `pace` waits for a free one when all are in use
 */
export async function openLoad(url: string, connections: number): Promise<LoadClient> {
  const { hostname, port, host } = new URL(url)
  const connection = () => open(hostname, Number(port))
  const all = await Promise.all(Array.from({ length: connections }, connection))
  const free = [...all]
  const waiting: ((connection: Connection) => void)[] = []
  const take = async () => free.pop() ?? new Promise<Connection>(resolve => waiting.push(resolve))
  const release = (connection: Connection) => {
    const next = waiting.shift()
    if (next === undefined) free.push(connection)
    else next(connection)
  }

  async function send(request: LoadRequest, due = performance.now()): Promise<LoadAnswer> {
    const taken = await take()
    // A service closes connections that are idle for some time.
    const used = taken.socket.writable ? taken : await connection()
    if (used !== taken) all[all.indexOf(taken)] = used
    const { status, body } = await used.exchange(asText(request, host))
    release(used)
    return { status, body, ms: performance.now() - due }
  }

  return {
    send: request => send(request),
    async flood(requests, onAnswer = accept) {
      const times = new Float64Array(requests.length)
      const began = performance.now()
      let next = 0
      const work = async () => {
        for (let place = next++; place < requests.length; place = next++) {
          const answer = await send(requests[place] as LoadRequest)
          times[place] = answer.ms
          onAnswer(answer, place)
        }
      }
      await Promise.all(all.map(work))
      return { latencies: times, seconds: (performance.now() - began) / 1000 }
    },
    async pace(requests, rate, onAnswer = accept) {
      const times = new Float64Array(requests.length)
      const began = performance.now()
      const sent: Promise<void>[] = []
      const one = async (request: LoadRequest, place: number, due: number) => {
        const answer = await send(request, due)
        times[place] = answer.ms
        onAnswer(answer, place)
      }
      for (const [place, request] of requests.entries()) {
        const due = began + (place * 1000) / rate
        if (due > performance.now()) await sleep(due - performance.now())
        sent.push(one(request, place, due))
      }
      await Promise.all(sent)
      return { latencies: times, seconds: (performance.now() - began) / 1000 }
    },
    close() {
      for (const { socket } of all) socket.destroy()
    },
  }
}

/** @throws Error when the answer is not 2xx */
export function accept({ status, body }: LoadAnswer): void {
  if (status < 200 || status > 299) throw new Error(`a request was answered ${status}: ${body}`)
}

function asText({ method, path, bearer, body = '' }: LoadRequest, host: string): string {
  const auth = bearer === undefined ? '' : `authorization: Bearer ${bearer}\r\n`
  const content =
    body === '' ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\n${auth}${content}\r\n${body}`
}

interface Connection {
  socket: Socket
  /** Sends one request, given as text, and waits for its answer. */
  exchange: (request: string) => Promise<{ status: number; body: string }>
}

async function open(host: string, port: number): Promise<Connection> {
  const socket = connect({ host, port, noDelay: true })
  const opened = Promise.withResolvers<void>()
  let pending: PromiseWithResolvers<{ status: number; body: string }> | undefined
  let received = ''
  socket.setEncoding('latin1')
  socket.once('connect', opened.resolve)
  socket.on('error', error => {
    opened.reject(error)
    pending?.reject(error)
  })
  socket.on('close', () => pending?.reject(new Error('the service closed a connection before its answer')))
  socket.on('data', chunk => {
    received += chunk
    const answer = parse(received)
    if (answer === undefined) return
    received = ''
    const done = pending
    pending = undefined
    done?.resolve(answer)
  })
  await opened.promise
  return {
    socket,
    exchange(request) {
      pending = Promise.withResolvers()
      socket.write(request)
      return pending.promise
    },
  }
}

/** @returns an answer when all of it is there; its body is ASCII, as JSON of Daybook's benchmarks is */
function parse(text: string): { status: number; body: string } | undefined {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return undefined
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1]
  if (length === undefined && !/^HTTP\/1.1 204/.test(text))
    throw new Error(`an answer has no content-length: ${text.slice(0, head)}`)
  const body = text.slice(head + 4)
  return body.length < Number(length ?? 0) ? undefined : { status: Number(text.slice(9, 12)), body }
}
