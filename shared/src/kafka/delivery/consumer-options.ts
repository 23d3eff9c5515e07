import type { DaybookError } from '../../failures/errors.ts'
import type { Delivery } from './deliver.ts'

/** What a consumer reads, and how. */
export interface ConsumerOptions extends Pick<Delivery, 'handle' | 'park'> {
  /** The group's name without the stack's prefix. Kafka stores the position under this name: never change it once deployed. */
  group: string
  /** The topic's name without the stack's prefix. */
  topic: string
  /**
   * Whether a group without a position begins at the start of the log; default: true. With false, it begins at the end, and
   * records that are deleted before the group reads them are no error.
   */
  fromBeginning?: boolean
  /**
   * Whether the group's position is committed; default: true. With false, each start begins as `fromBeginning` says, and the
   * start of the log or its end is that at the call of `consume`: the consumer gets all records published after it. Use a
   * group name for each process then.
   */
  keepsPosition?: boolean
  /** Where a consumer that keeps no position begins, instead of where `fromBeginning` says. */
  start?: ReadonlyMap<number, bigint>
  /**
   * The most partitions of which messages are handled at the same time; default: 1. The messages of one partition are
   * always handled in order. With more than 1, a slow partition does not stop the others as long as fewer than this many
   * partitions are slow.
   */
  concurrentPartitions?: number
  /** Whether the handler waits on purpose, for example to keep a rate: then a partition that stands still is no failure. */
  isPaced?: () => boolean
  /**
   * Called with an error that names a batch that can't be decoded; then the consumer continues after the batch. Without it, the
   * consumer ends at the batch.
   */
  skipUndecodable?: (error: DaybookError) => void
  /**
   * Called with the next offset of a partition after something that no handler gets: a batch that can't be decoded and is skipped, the
   * mark at the end of a transaction, the records of an aborted one. All records before it are handled. Must not throw.
   */
  onPassed?: (partition: number, next: bigint) => void
  /**
   * Called each time this consumer has joined its group, with its partitions in ascending order; they may be none, or the
   * same as before. It is called before any message of these partitions is handled, and after the handlers of the previous
   * assignment have ended. Must not throw.
   * @param isAlone whether the group has no other member
   */
  onAssigned?: (partitions: number[], isAlone: boolean) => void
  /** Called when this consumer has ended and will not restart, in place of the `onCrash` of the port. */
  onCrash?: (error: Error) => void
}
