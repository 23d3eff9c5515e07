import { Type } from 'typebox'

const Partition = Type.Object({
  partition: Type.Integer(),
  position: Type.String({ description: 'The offset of the next record that the group handles' }),
  lag: Type.String({ description: 'The number of records that follow' }),
  behindSeconds: Type.Optional(
    Type.Number({
      description: 'For how long at least the next record has been there, when that was measured last',
    }),
  ),
})

const Consumer = Type.Object({
  group: Type.String(),
  topic: Type.String(),
  state: Type.String({ description: 'consuming, or why it does not consume' }),
  measuredAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
    description: 'When Kafka said how far the group is; null before its first answer',
  }),
  partitions: Type.Array(Partition, { description: 'The partitions of this process' }),
  groupPartitions: Type.Array(Partition, {
    description: 'All partitions of the topic, also those that other processes of the group consume',
  }),
})

/** The answer of `/health/live` and `/health/ready`. */
export const Health = Type.Object(
  {
    status: Type.Enum(['ok', 'not ready']),
    troubles: Type.Record(Type.String(), Type.String(), {
      description: 'The parts that are not ready, each with the reason',
    }),
    version: Type.String({ description: 'The version of Daybook that this process runs' }),
    consumers: Type.Optional(Type.Array(Consumer, { description: 'The Kafka consumers of this process' })),
  },
  { title: 'Health', examples: [{ status: 'ok', troubles: {}, version: '0.1.0' }] },
)
