import { Gauge, type Registry } from 'prom-client'
import type { Blocks } from '../failures/blocks.ts'

/** Registers `daybook_blocked`: 1 for each blocked part of the process, with the code of the error as a label. */
export function blockedGauge(registry: Registry, blocks: Blocks): void {
  new Gauge({
    name: 'daybook_blocked',
    help: '1 for a part of the process that retries and needs an operator; docs/errors.md explains the code',
    labelNames: ['part', 'code'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [part, { code }] of blocks.list()) this.set({ part, code }, 1)
    },
  })
}
