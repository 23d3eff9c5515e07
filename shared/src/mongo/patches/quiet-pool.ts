import { createRequire } from 'node:module'

interface ConnectionPool {
  poolState: string
  options: { minPoolSize: number }
  minPoolSizeTimer: NodeJS.Timeout | undefined
  ensureMinPoolSize(): void
}

const EVERY_MS = 60_000

/**
 * Patches the MongoDB driver: a pool without a minimum size looks for connections to remove once a minute. The driver does
 * so ten times a second in each process, although it also looks when a connection is taken.
 */
export function quietPool(): void {
  const driver = createRequire(createRequire(import.meta.url).resolve('mongoose'))
  const pool = driver('mongodb/lib/cmap/connection_pool') as { ConnectionPool: { prototype: ConnectionPool } }
  const { prototype } = pool.ConnectionPool
  const ensure = prototype.ensureMinPoolSize
  prototype.ensureMinPoolSize = function (this: ConnectionPool) {
    ensure.call(this)
    if (this.poolState !== 'ready' || this.options.minPoolSize > 0) return
    clearTimeout(this.minPoolSizeTimer)
    this.minPoolSizeTimer = setTimeout(() => this.ensureMinPoolSize(), EVERY_MS)
  }
}
