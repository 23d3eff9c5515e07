import kafkajs, { type ICustomPartitioner } from 'kafkajs'
import type { Prepared } from './prepared.ts'

/**
 * The partitioner of the Java client: producers of other teams and ours map a key to the same partition. That of kafkajs
 * gives the same partitions; it calculates with numbers of 64 bits and takes twenty times as long. Each message gets its partition in
 * `sentTo`: kafkajs answers only where the first message of a partition is.
 */
export const javaPartitioner: ICustomPartitioner = () => {
  const choose = chooser()
  return args => {
    const partition = choose(args)
    ;(args.message as unknown as Prepared).sentTo = partition
    return partition
  }
}

const chooser: ICustomPartitioner = () => {
  const withoutKey = kafkajs.Partitioners.DefaultPartitioner()
  return args => {
    const { message, partitionMetadata } = args
    if (message.partition !== undefined) return message.partition
    if (!Buffer.isBuffer(message.key)) return withoutKey(args)
    return (murmur2(message.key) & 0x7fffffff) % partitionMetadata.length
  }
}

const [SEED, FACTOR] = [0x9747b28c, 0x5bd1e995]

/** The hash of a key, 32 bits: https://github.com/aappleby/smhasher/blob/master/src/MurmurHash2.cpp */
function murmur2(key: Buffer): number {
  const { length } = key
  let hash = SEED ^ length
  let at = 0
  for (; at + 4 <= length; at += 4) {
    const mixed = Math.imul(key.readInt32LE(at), FACTOR)
    hash = Math.imul(hash, FACTOR) ^ Math.imul(mixed ^ (mixed >>> 24), FACTOR)
  }
  if (at < length) hash = Math.imul(hash ^ key.readUIntLE(at, length - at), FACTOR)
  hash = Math.imul(hash ^ (hash >>> 13), FACTOR)
  return hash ^ (hash >>> 15)
}
