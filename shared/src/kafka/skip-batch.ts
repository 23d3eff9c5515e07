import type { Admin, EachBatchPayload, Kafka } from 'kafkajs'
import { DaybookError } from '../failures/errors.ts'
import { committedOffsets, logBounds } from './offsets.ts'
import type { Fetched, UndecodableBatch } from './records/fetched-record.ts'

export interface SkipOptions {
  /** The group that is to go on behind the batch; no member of it may be running. */
  group: string
  topic: string
  partition: number
  /** An offset of the batch, as the error names it that ended the consumer. */
  offset: bigint
  /** Keeps the batch. The group goes on behind it only when this has resolved. */
  keep: (batch: UndecodableBatch) => Promise<void>
}

/** How long to wait for the batch: the group is joined in some seconds, and then it is fetched at once. */
const DEADLINE_MS = 60_000

const refuse = (why: string) => new DaybookError('DAYBOOK_KAFKA_SKIP_REFUSED', `Nothing is skipped: ${why}`)

/**
 * Lets a group go on behind a batch that can't be decoded, which must be the next that the group has to read.
 * @returns 'passed' when the group is behind that offset already
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

/** While a group has members only these can commit for it. */
async function refuseMembers(admin: Admin, group: string): Promise<void> {
  const { groups } = await admin.describeGroups([group])
  const members = groups[0]?.members.length ?? 0
  if (members === 0) return
  throw refuse(
    `the group ${group} has ${members} members. Stop all processes of reporting, wait for 10 s, and run this again`,
  )
}

/** Joins the group as its only member, so that nobody else reads or commits meanwhile. */
async function passBatch(client: Kafka, options: SkipOptions): Promise<void> {
  const { group: groupId, topic, partition } = options
  const consumer = client.consumer({ groupId, maxWaitTimeInMs: 1000, allowAutoTopicCreation: false })
  const done = Promise.withResolvers<void>()
  const late = () => done.reject(refuse(`no batch of ${topic}/${partition} came in ${DEADLINE_MS / 1000} s`))
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
  // A batch whose head is wrong may name an offset that there is not yet.
  const end = BigInt(batch.highWatermark)
  const next = lastOffset < end ? lastOffset + 1n : end
  await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: String(next) }] }] })
}
