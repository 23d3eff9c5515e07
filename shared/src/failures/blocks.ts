import { Gauge, type Registry } from 'prom-client'
import type { DaybookError } from './errors.ts'

/** The parts of a process that are blocked: they retry, and an operator has to act before a retry can succeed. */
export interface Blocks {
  /**
   * Notes that a part is blocked and why, or with undefined that it is not; any other part stays as it is. A part that is
   * still blocked notes it again with each attempt.
   */
  set: (part: string, error: DaybookError | undefined) => void
  /** The parts that are blocked now, each with the error that says what to do. */
  list: () => ReadonlyMap<string, DaybookError>
}

// Longer than the pause between two attempts. What is not noted again is not tried any more, as when a partition went to
// another process.
const LASTS = 120_000

export function openBlocks(): Blocks {
  const blocked = new Map<string, { error: DaybookError; notedAt: number }>()
  return {
    set(part, error) {
      if (error === undefined) blocked.delete(part)
      else blocked.set(part, { error, notedAt: performance.now() })
    },
    list() {
      const lasting = [...blocked].filter(([, { notedAt }]) => performance.now() - notedAt < LASTS)
      return new Map(lasting.map(([part, { error }]) => [part, error]))
    },
  }
}

/** Registers a gauge that is 1 for each part that is blocked, under the code of its error. */
export function blockedGauge(registry: Registry, name: string, blocks: Blocks): void {
  new Gauge({
    name,
    help: 'Is 1 for a part of the process that retries and needs an operator; the code is explained in docs/errors.md',
    labelNames: ['part', 'code'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [part, { code }] of blocks.list()) this.set({ part, code }, 1)
    },
  })
}
