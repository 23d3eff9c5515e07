import { jobTopics, toMessage } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import { startRelay, sweepLease } from '@daybook/shared/outbox'
import { bareIdModel } from '../adding/bare-id-model.ts'
import type { Adding } from '../adding/open-adding.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { followStore } from './follow-store.ts'
import { groupStore } from './group-store.ts'
import { type Groups, openGroups } from './open-groups.ts'
import { type Following, startFollowing } from './start-following.ts'

export interface GroupsOptions {
  kafka: Pick<KafkaPort, 'publish'>
  /** For how many milliseconds a group is kept after it finished. */
  retention: number
}

/** Opens groups, and starts what ends them, publishes their GroupFinished and adds continuations. */
export function startGroups(
  base: JobsBase,
  adding: Adding,
  { kafka, retention }: GroupsOptions,
): { groups: Groups; stop: () => Promise<void> } {
  const { connection, jobs, now, log, fail } = base
  const store = {
    ...groupStore(base.groups, jobs, bareIdModel(connection)),
    ...followStore(jobs, base.groups),
  }
  const outbox = store.outbox(events =>
    kafka.publish(
      jobTopics.finished.name,
      events.map(event => toMessage(event, event.subject)),
    ),
  )
  const relay = startRelay(outbox, { log, fail, maySweep: sweepLease(connection, 'job_groups') })
  const touched = (group: string) => following.touched(group)
  const groups = openGroups({ store, adding, now, touched })
  const following: Following = startFollowing({ store, adding, groups, relay, now, retention }, base)
  return {
    groups,
    async stop() {
      await following.stop()
      await relay.stop()
    },
  }
}
