import { Gauge, type Registry } from 'prom-client'
import type { EventReading } from './read-events.ts'

/** Registers how many streams are open, and how much memory the recent events take. */
export function eventMetrics(
  registry: Registry,
  { hub, buffer }: Pick<EventReading, 'hub' | 'buffer'>,
): void {
  new Gauge({
    name: 'daybook_event_streams',
    help: 'Open streams of /events',
    registers: [registry],
    collect() {
      this.set(hub()?.size() ?? 0)
    },
  })
  new Gauge({
    name: 'daybook_event_buffer_bytes',
    help: 'Bytes of recent events in memory',
    registers: [registry],
    collect() {
      this.set(buffer()?.bytes ?? 0)
    },
  })
}
