import { once } from 'node:events'
import { createServer } from 'node:net'

/** @returns the options of Node that let `heapInUse` look into a process, and its port for that */
export async function inspectable(): Promise<{ env: { NODE_OPTIONS: string }; port: number }> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return { env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` }, port }
}

/** @returns the MB of a process's heap that are in use after a garbage collection */
export async function heapInUse(port: number): Promise<number> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as [
    { webSocketDebuggerUrl: string },
  ]
  const socket = new WebSocket(target.webSocketDebuggerUrl)
  await once(socket, 'open')
  const ask = async (method: string) => {
    socket.send(JSON.stringify({ id: 1, method }))
    const [{ data }] = (await once(socket, 'message')) as [{ data: string }]
    return JSON.parse(data).result as { usedSize?: number }
  }
  await ask('HeapProfiler.collectGarbage')
  const { usedSize = Number.NaN } = await ask('Runtime.getHeapUsage')
  socket.close()
  return usedSize / 1e6
}
