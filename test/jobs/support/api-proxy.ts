import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'

/** A request that a proxy holds back. */
export interface HeldRequest {
  path: string
  /** The body, if there is one. */
  body: string
  /** Passes it on, and resolves with the status of the answer when the caller gets it. */
  pass: () => Promise<number>
}

/** A proxy between one client and the REST API. */
export interface ApiProxy {
  url: string
  /** What becomes of the next requests. `lose`: their connection breaks; `lose-answers`: it breaks after they were passed on. */
  mode: 'pass' | 'hold' | 'lose' | 'lose-answers'
  /** The requests that were held back, in order. */
  held: HeldRequest[]
  /** The requests that were answered, as in `POST /jobs 202`. */
  answered: string[]
  /** How many connections were broken. */
  lost: number
}

/**
 * Starts a proxy.
 * @param change changes the headers of each request
 */
export async function startApiProxy(
  t: Test,
  target: string,
  change: (headers: Record<string, string>) => void = () => {},
): Promise<ApiProxy> {
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '' } = request
    const body = await text(request)
    const lose = () => {
      request.socket.destroy()
      proxy.lost += 1
    }
    const pass = async () => {
      const headers = headersOf(request)
      change(headers)
      const init = { method, headers, ...(body === '' ? {} : { body }) }
      const answer = await fetch(target + path, init)
      const content = await answer.text()
      if (proxy.mode === 'lose-answers') lose()
      else {
        response.writeHead(answer.status, kept(answer.headers))
        response.end(content)
        proxy.answered.push(`${method} ${path} ${answer.status}`)
      }
      return answer.status
    }
    if (proxy.mode === 'lose') lose()
    else if (proxy.mode === 'hold') proxy.held.push({ path, body, pass })
    else await pass()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close().closeAllConnections())
  const { port } = server.address() as AddressInfo
  const proxy: ApiProxy = { url: `http://127.0.0.1:${port}`, mode: 'pass', held: [], answered: [], lost: 0 }
  return proxy
}

/** The headers of a request that are not about its connection. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const { host: _, connection: __, 'content-length': ___, ...rest } = headers
  return rest as Record<string, string>
}

/** The headers of an answer that clients of the API read. */
const kept = (headers: Headers) =>
  Object.fromEntries(
    ['content-type', 'etag'].flatMap(name => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])),
  )
