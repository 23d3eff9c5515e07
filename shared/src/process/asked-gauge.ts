import { Gauge, type Registry } from 'prom-client'
import { isOutage } from '../failures/outage.ts'

/** Registers a gauge that is asked for when the metrics are read, and has no value while the store is away. */
export function askedGauge(registry: Registry, name: string, help: string, ask: () => Promise<number>): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      try {
        this.set(await ask())
      } catch (error) {
        if (!isOutage(error)) throw error
        this.remove()
      }
    },
  })
}
