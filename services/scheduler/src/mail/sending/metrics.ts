import { askedGauge } from '@daybook/shared/process/asked-gauge'
import { Counter, type Registry } from 'prom-client'
import type { Mails } from './mail-store.ts'

/**
 * Registers the metrics of mails.
 * @returns a function that counts a mail which has ended
 */
export function mailMetrics(
  registry: Registry,
  mails: Pick<Mails, 'countWaiting'>,
): (outcome: string) => void {
  askedGauge(registry, 'daybook_mails_waiting', 'Mails that are decided and not sent yet', mails.countWaiting)
  const ended = new Counter({
    name: 'daybook_mails_total',
    help: 'Mails by outcome: sent, refused by the SMTP server for good, or logged because they had nowhere to go',
    labelNames: ['outcome'],
    registers: [registry],
  })
  return outcome => ended.inc({ outcome })
}
