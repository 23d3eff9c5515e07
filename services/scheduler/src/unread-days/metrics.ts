import { askedGauge } from '@daybook/shared/process/asked-gauge'
import type { Registry } from 'prom-client'
import type { UnreadDays } from './unread-day-store.ts'

/**
 * Registers the metric of unread days.
 * @param deadline how long a published EndOfDay may go unread, in milliseconds
 */
export function unreadGauge(
  registry: Registry,
  unread: Pick<UnreadDays, 'countBefore'>,
  deadline: number,
): void {
  const help =
    'Days whose EndOfDay was published more than DAY_READ_DEADLINE_SECONDS ago and is not known to be read by reporting'
  askedGauge(registry, 'daybook_days_unread', help, () => unread.countBefore(new Date(Date.now() - deadline)))
}
