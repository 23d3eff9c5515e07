import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Test } from 'tap'
import type { DeadLetter } from '../../src/dead-letters/dead-letter-model.ts'
import { openLetterContents } from '../../src/dead-letters/letter-content-store.ts'
import type { KafkaPort, OutgoingMessage } from '../../src/kafka/index.ts'
import type { Stack } from './stack.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What a program printed until it ended, on both streams. */
interface Ended {
  code: number
  output: string
}

/** A service that has ended at a batch that it can't decode: the second of the three records of a partition. */
export interface EndedAtBatch {
  place: { group: string; topic: string; partition: number }
  committed: () => Promise<bigint | undefined>
  /** Runs the command in the service's last message. @param change changes the command */
  skip: (change?: (command: string) => string) => Promise<Ended>
}

interface Options {
  stack: Stack
  kafka: KafkaPort
  service: 'reporting' | 'scheduler'
  group: string
  topic: string
  /** The messages before and after the batch. They have the same key. */
  around: [OutgoingMessage, OutgoingMessage]
}

/** Publishes some kilobytes of zstd, which a broker accepts and a consumer refuses to decompress. */
export async function publishUndecodable(kafka: KafkaPort, topic: string, key: OutgoingMessage['key']) {
  const bomb = { key, value: Buffer.alloc(65 * 1024 ** 2), headers: {} }
  await kafka.publish(topic, [bomb], { compress: true })
}

/** Publishes a batch that can't be decoded between two messages, and runs a service until the batch ends it. */
export async function endAtBatch(t: Test, options: Options): Promise<EndedAtBatch> {
  const { stack, kafka, service, group, topic } = options
  const [before, behind] = options.around
  await kafka.publish(topic, [before])
  await publishUndecodable(kafka, topic, before.key)
  await kafka.publish(topic, [behind])

  const { code, output } = await run(t, stack, process.execPath, [`services/${service}/src/main.ts`])
  t.equal(code, 1)
  const fatal = output.split('\n').find(line => line.includes('"level":60')) ?? '{}'
  const line = JSON.parse(fatal) as { msg: string; code: string }
  t.equal(line.code, 'DAYBOOK_KAFKA_BATCH_UNDECODABLE')
  const [, name, partition = ''] =
    /(daybook\.[a-z.]+)\/(\d+) at offsets 1 to 1 \(codec: zstd\) can't be decoded: /.exec(line.msg) ?? []
  t.equal(name, topic)
  const place = { group, topic, partition: Number(partition) }
  const committed = async () => (await kafka.committedOffsets(group, topic)).get(place.partition)
  t.equal(await committed(), 1n, 'the messages before the batch are handled')
  const [, command = ''] = /run: (npm run .*)$/.exec(line.msg) ?? []
  return { place, committed, skip: (change = same => same) => run(t, stack, 'sh', ['-c', change(command)]) }
}

/** Runs the command of the message, and checks that the batch is stored and that the group continues after it. */
export async function skipsTheBatch(t: Test, { place, committed, skip }: EndedAtBatch, { db }: Stack) {
  const { group, topic, partition } = place
  t.match(await skip(), { code: 0, output: `Skipped the batch of ${topic}/${partition} at offset 1` })
  t.equal(await committed(), 2n)
  const letters = await db.collection<DeadLetter>('dead_letters').find({}).toArray()
  t.match(letters, [
    {
      _id: `${group}/${topic}/${partition}/1`,
      batch: { lastOffset: '1', codec: 'zstd' },
      error: { message: /67108864 bytes/ },
    },
  ])
  const { value } = await openLetterContents(db).read(letters[0] as DeadLetter)
  t.equal(value?.readBigInt64BE(0), 1n, 'the letter has the bytes of the batch, starting with its offset')
  t.match(await skip(), { code: 0, output: `has already passed ${topic}/${partition} at offset 1` })
}

/** Runs a command with the settings of a stack to its end. */
async function run(t: Test, { env }: Stack, command: string, args: string[]): Promise<Ended> {
  const child = spawn(command, args, { cwd: root, env: { PATH: process.env.PATH, ...env } })
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      output += chunk
    })
  const [code] = (await once(child, 'close')) as [number]
  return { code, output }
}
