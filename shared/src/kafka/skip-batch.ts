import type { Admin, EachBatchPayload, Kafka } from 'kafkajs'
import { DaybookError } from '../failures/errors.ts'
import { committedOffsets, logBounds } from './offsets.ts'
import { type Fetched, offsetAfter, type UndecodableBatch } from './records/fetched-record.ts'

export interface SkipOptions {
  /** The group that will continue after the batch. No member of the group may be running. */
  group: string
  topic: string
  partition: number
  /** An offset of the batch, as given in the error that ended the consumer. */
  offset: bigint
  /** Stores the batch. The group continues after the batch only when `keep` has resolved. */
  keep: (batch: UndecodableBatch) => Promise<void>
}

/** The longest time to wait for the batch. Joining the group takes some seconds, and the fetch follows at once. */
const DEADLINE_MS = 60_000

const refuse = (why: string) => new DaybookError('DAYBOOK_KAFKA_SKIP_REFUSED', `Nothing was skipped: ${why}`)

/**
 * Lets a group continue after a batch that can't be decoded. The batch must be the next one that the group reads.
 * @returns 'passed' when the group has already passed that offset
 * @throws DaybookError DAYBOOK_KAFKA_SKIP_REFUSED
 */
export async function skipBatch(
  options: SkipOptions,
  { client, admin, prefix }: { client: Kafka; admin: Admin; prefix: string },
): Promise<'skipped' | 'passed'> {
  const { partition, offset, keep } = options
  const [group, topic] = [prefix + options.group, prefix + options.topic]
  const { begin, end } = await logBounds(admin, topic)
  const position = (await committedOffsets(admin, group, topic)).get(partition) ?? begin.get(partition)
  if (position === undefined) throw refuse(`${topic} has no partition ${partition}`)
  if (position > offset) return 'passed'
  const next = end.get(partition) ?? 0n
  if (offset >= next) throw refuse(`${topic}/${partition} ends at offset ${next}`)
  await refuseMembers(admin, group)
  await passBatch(client, { ...options, group, topic, keep })
  return 'skipped'
}

/** Throws when the group has members, because Kafka then accepts commits only from them. */
async function refuseMembers(admin: Admin, group: string): Promise<void> {
  const { groups } = await admin.describeGroups([group])
  const members = groups[0]?.members.length ?? 0
  if (members === 0) return
  throw refuse(
    `the group ${group} has ${members} members. Stop all processes of its service, wait for 10 s, and run this again`,
  )
}

/** Joins the group as its only member, so that no other process reads or commits meanwhile. */
async function passBatch(client: Kafka, options: SkipOptions): Promise<void> {
  const { group: groupId, topic, partition } = options
  const consumer = client.consumer({ groupId, maxWaitTimeInMs: 1000, allowAutoTopicCreation: false })
  const done = Promise.withResolvers<void>()
  const late = () =>
    done.reject(
      refuse(`timed out after ${DEADLINE_MS / 1000} s waiting for a batch of ${topic}/${partition}`),
    )
  const deadline = setTimeout(late, DEADLINE_MS)
  consumer.on(consumer.events.CRASH, ({ payload: { error } }) => done.reject(error))
  const eachBatch = async (payload: EachBatchPayload) => {
    payload.pause()
    if (payload.batch.partition === partition)
      await keepAndCommit(payload, options).then(done.resolve, done.reject)
  }
  try {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await Promise.all([
      consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch }),
      done.promise,
    ])
  } finally {
    clearTimeout(deadline)
    await consumer.disconnect()
  }
}

async function keepAndCommit(payload: EachBatchPayload, { topic, partition, offset, keep }: SkipOptions) {
  const { batch, commitOffsetsIfNecessary } = payload
  const [first] = batch.messages as unknown as Fetched[]
  const place = `${topic}/${partition}`
  if (first?.undecodable === undefined)
    throw refuse(`the next record of ${place}, at offset ${first?.offset}, can be read`)
  const { baseOffset, lastOffset } = first.undecodable
  if (offset < baseOffset || offset > lastOffset)
    throw refuse(`the next batch of ${place} has the offsets ${baseOffset} to ${lastOffset}`)
  await keep(first.undecodable)
  const next = offsetAfter(first.undecodable, BigInt(batch.highWatermark))
  await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: String(next) }] }] })
}
