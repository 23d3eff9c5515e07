import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'

interface Connection extends EventEmitter {
  /** The reason why the connection is closed. */
  error: Error | null
  writeCommand(...args: unknown[]): Promise<void>
}

/**
 * Patches the MongoDB driver: a command fails when its connection closes before the command is written.
 *
 * The driver (up to 7.9) checks that the connection is open, encodes the command and writes it. When the socket does not
 * accept all bytes, the driver waits for `drain`. A connection that closes meanwhile never drains, so the command and its
 * callers would hang forever.
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
