import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { until } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { ensureConsole } from '../../services/console/build.ts'

/** What a service answers: a body, with 200; or a problem with this status. */
export type Answer = { body: unknown } | { status: number; code: string }

/** The console without Daybook: a test says what the services answer and what happens. */
export interface ServedConsole {
  url: string
  /** The paths with queries that services were asked for. */
  asked: string[]
  /** Sends live events to all pages, as soon as one listens. */
  tell: (events: readonly { type: string }[]) => Promise<void>
}

const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' }

/**
 * Serves the built console.
 * @param answer says what the services answer; undefined: 404
 * @param time the instant of the server's clock
 */
export async function serveConsole(
  t: Pick<Test, 'teardown'>,
  answer: (path: string, query: URLSearchParams) => Answer | undefined | Promise<Answer | undefined>,
  time = () => new Date().toISOString(),
): Promise<ServedConsole> {
  const dist = await ensureConsole()
  const asked: string[] = []
  const listening = new Set<ServerResponse>()
  const server = createServer(async ({ url = '' }, response) => {
    const { pathname: path, searchParams } = new URL(url, 'http://daybook')
    response.setHeader('date', new Date(time()).toUTCString())
    if (path === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      listening.add(response.on('close', () => listening.delete(response)))
    } else if (path.startsWith('/ui/') && path !== '/ui/config.json') {
      const file = path.startsWith('/ui/assets/') ? path.slice('/ui/'.length) : 'index.html'
      response.setHeader('content-type', types[file.split('.').at(-1) ?? ''] ?? 'text/html')
      response.end(await readFile(join(dist, file)))
    } else {
      asked.push(url)
      give(response, (await answer(path, searchParams)) ?? { status: 404, code: 'DAYBOOK_NOT_FOUND' })
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async tell(events) {
      await until('a page listens', () => listening.size > 0)
      const texts = events.map(event => `event: ${event.type}\nid: x\ndata: ${JSON.stringify(event)}\n\n`)
      for (const response of listening) response.write(texts.join(''))
    },
  }
}

function give(response: ServerResponse, answer: Answer): void {
  if ('body' in answer) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
    return
  }
  const { status, code } = answer
  const problem = { type: `urn:daybook:error:${code}`, title: code, status, detail: `Because of ${code}` }
  response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem))
}
