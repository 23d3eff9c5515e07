import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { DaybookError } from '../../failures/errors.ts'
import type { App } from '../routes/app.ts'
import { problemOf } from '../routes/problem.ts'

/** An error of a connection from which Node could not read a request. */
type ConnectionError = Error & { code?: string }

/** Answers an unreadable request with a problem, and closes the connection. */
export function refuseConnection({ code }: ConnectionError, socket: Socket): void {
  const { status, detail } = refusalOf(code)
  close(socket, answer(new DaybookError('DAYBOOK_REQUEST_INVALID', detail), status))
}

function close(socket: Duplex, answer: string): void {
  if (socket.writable) socket.write(answer)
  // Closes at once: the connection has no error handler any more, and the client may never close it.
  socket.destroy()
}

function refusalOf(code: string | undefined): { status: number; detail: string } {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return { status: 408, detail: 'The request took too long: send it without pauses' }
    case 'HPE_HEADER_OVERFLOW':
      return { status: 431, detail: 'Path, query and headers together must be smaller than 16 KiB' }
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, detail: 'The chunk extensions are too large: send none' }
    case 'HPE_INVALID_METHOD':
      return { status: 400, detail: 'The method is unknown: see /docs for the methods of each path' }
    default:
      return { status: 400, detail: 'The request is not valid HTTP' }
  }
}

/** Answers CONNECT with a problem. Node would close the connection without an answer. */
export function refuseConnect(app: App): void {
  app.server.on('connect', (_request, socket) => {
    const error = new DaybookError('DAYBOOK_METHOD_NOT_ALLOWED', 'This server is not a proxy')
    close(socket, answer(error, 405, 'Allow: \r\n'))
  })
}

function answer(error: DaybookError, status: number, header = ''): string {
  const body = JSON.stringify(problemOf(error, status, ''))
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${header}Connection: close`
  const content = `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}`
  return `${head}\r\n${content}\r\n\r\n${body}`
}
