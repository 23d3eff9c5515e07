import kafkajs from 'kafkajs'
import { test } from 'tap'
import { javaPartitioner } from '../../src/kafka/records/partitioner.ts'

const [ours, theirs] = [javaPartitioner(), kafkajs.Partitioners.DefaultPartitioner()]
const ask = (
  partitioner: typeof ours,
  message: { key: Buffer | null; partition?: number },
  partitions = 1000,
) =>
  partitioner({
    topic: 't',
    partitionMetadata: Array.from({ length: partitions }, (_, partitionId) => ({
      partitionId,
      leader: 0,
    })) as never,
    message: { ...message, value: null },
  })

test('a key has the partition that it has in kafkajs and in the Java client', t => {
  // Bytes above 127, and lengths with each rest of a division by four.
  for (let i = 0; i < 2000; i += 1) {
    const key = Buffer.from(Array.from({ length: i % 45 }, (_, n) => (i * 31 + n * 197) % 256))
    if (ask(ours, { key }) !== ask(theirs, { key })) t.fail('another partition', { key: key.toString('hex') })
  }
  // From the tests of the Java client: murmur2('21') is -973932308.
  t.equal(ask(ours, { key: Buffer.from('21') }), (-973_932_308 & 0x7fffffff) % 1000)
  t.end()
})

test('a given partition is kept, and messages without a key are spread', t => {
  t.equal(ask(ours, { key: Buffer.from('a'), partition: 7 }), 7)
  const partitions = new Set(Array.from({ length: 6 }, () => ask(ours, { key: null }, 6)))
  t.equal(partitions.size, 6)
  t.end()
})
