import { connect } from 'node:net'

export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  status: number
  /** The headers by name in lower case. */
  headers: Record<string, string>
  body: string
}

/** Sends exact bytes (a text as latin1) over a new connection, and reads until the connection is closed. */
export async function sendRaw(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const { promise, resolve } = Promise.withResolvers<void>()
  let answer = ''
  socket.setEncoding('latin1').on('data', chunk => {
    answer += chunk
  })
  // A server that closes the connection before it has read everything resets the connection after its answer.
  socket.on('error', () => undefined).on('close', resolve)
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  await promise
  return read(answer)
}

function read(answer: string): RawAnswer {
  const [head = '', ...rest] = answer.split('\r\n\r\n')
  const [first, ...lines] = head.split('\r\n')
  const headers = lines.map(line => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ])
  const body = Buffer.from(rest.join('\r\n\r\n'), 'latin1').toString()
  return { status: Number(first?.split(' ')[1] ?? 0), headers: Object.fromEntries(headers), body }
}

/** Makes a request as a latin1 text. It asks the server to close the connection after the answer. */
export function rawRequest(method: string, target: string, headers: string[], body = ''): string {
  return [`${method} ${target} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers, '', body].join('\r\n')
}
