import { Gauge, type Registry } from 'prom-client'
import { isOutage } from '../failures/outage.ts'

/**
 * Registers a gauge whose value is queried each time the metrics are read. During an outage the gauge has no value.
 * @param ask queries the value
 */
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
