import { Gauge, type Registry } from 'prom-client'
import type { DaybookError } from './errors.ts'

/** The blocked parts of a process. A blocked part retries, and succeeds only after an operator has acted. */
export interface Blocks {
  /**
   * Marks a part as blocked by an error, or as not blocked by undefined. A part that stays blocked calls this again after
   * each attempt.
   */
  set: (part: string, error: DaybookError | undefined) => void
  /** The parts that are blocked now, each with the error that tells an operator what to do. */
  list: () => ReadonlyMap<string, DaybookError>
}

// Milliseconds after which a mark expires: longer than the pause between two attempts. A part that stops retrying does not
// renew its mark, for example after its partition went to another process.
const LASTS = 120_000

/** Makes the list of blocked parts, empty. */
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

/** Registers a gauge that is 1 for each blocked part, with the code of the error as a label. */
export function blockedGauge(registry: Registry, name: string, blocks: Blocks): void {
  new Gauge({
    name,
    help: '1 for a part of the process that retries and needs an operator; docs/errors.md explains the code',
    labelNames: ['part', 'code'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [part, { code }] of blocks.list()) this.set({ part, code }, 1)
    },
  })
}
