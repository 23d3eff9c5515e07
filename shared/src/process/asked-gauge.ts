import { Gauge, type Registry } from 'prom-client'
import { isOutage } from '../failures/outage.ts'

/** One series of a gauge. */
export interface Sample {
  labels: Record<string, string>
  value: number
}

/**
 * Registers a gauge whose series are queried each time the metrics are read. During an outage it has none.
 * @param ask queries all its series
 */
export function askedSeries(
  registry: Registry,
  gauge: { name: string; help: string; labelNames: string[] },
  ask: () => Promise<Sample[]>,
): void {
  new Gauge({
    ...gauge,
    registers: [registry],
    async collect() {
      this.reset()
      try {
        for (const { labels, value } of await ask()) this.set(labels, value)
      } catch (error) {
        if (!isOutage(error)) throw error
      }
    },
  })
}

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
