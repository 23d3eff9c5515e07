import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'

interface Connection extends EventEmitter {
  /** Why it is closed. */
  error: Error | null
  writeCommand(...args: unknown[]): Promise<void>
}

/**
 * The MongoDB driver (up to 7.9) checks that a connection is open, encodes the command, writes it, and where the socket
 * did not take all of it waits for `drain`. A connection that closes meanwhile never drains: the command, and with it
 * all that waits for its answer, hangs for ever. Here such a command fails as every other command of a closed
 * connection does.
 */
export function failClosedWrites(): void {
  const driver = createRequire(createRequire(import.meta.url).resolve('mongoose'))
  const { Connection } = driver('mongodb/lib/cmap/connection') as { Connection: { prototype: Connection } }
  const write = Connection.prototype.writeCommand
  Connection.prototype.writeCommand = async function (this: Connection, ...args) {
    const { promise: closed, reject } = Promise.withResolvers<void>()
    const fail = () => reject(this.error)
    this.once('close', fail)
    try {
      await Promise.race([write.apply(this, args), closed])
    } finally {
      this.off('close', fail)
    }
  }
}
