import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { DeadLetter } from '@daybook/shared/dead-letters/dead-letter-model'
import { openLetterContents } from '@daybook/shared/dead-letters/letter-content-store'
import { toMessage, topics } from '@daybook/shared/events'
import { type Stack, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { projectionGroup } from '../src/groups.ts'
import { completed, makeBench, startReporting } from './support/reporting.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const DAY = '2026-05-01'

/** Runs a command with reporting's settings to its end. */
async function run(t: Test, { env }: Stack, command: string, args: string[]) {
  const options = { cwd: root, env: { PATH: process.env.PATH, ...env } } satisfies SpawnOptions
  const child = spawn(command, args, options)
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      output += chunk
    })
  const [code] = (await once(child, 'close')) as [number]
  return { code, output }
}

t.test(
  'a batch that cannot be decoded ends the service, and the command in its message skips the batch',
  async t => {
    const bench = await makeBench(t)
    const { kafka, stack } = bench
    const publish = (name: string) =>
      kafka.publish(topics.tasks.name, [toMessage(completed('alice', DAY, { name }), 'alice')])
    await publish('before')
    // Some kilobytes of zstd, which a broker accepts and a consumer refuses to decompress.
    const bomb = { key: 'alice', value: Buffer.alloc(65 * 1024 ** 2), headers: {} }
    await kafka.publish(topics.tasks.name, [bomb], { compress: true })
    await publish('behind')

    const { code, output } = await run(t, stack, process.execPath, [
      join(root, 'services/reporting/src/main.ts'),
    ])
    t.equal(code, 1)
    const fatal = output.split('\n').find(line => line.includes('"level":60')) ?? ''
    const { msg, ...line } = JSON.parse(fatal) as { msg: string; code: string }
    t.equal(line.code, 'DAYBOOK_KAFKA_BATCH_UNDECODABLE')
    const [, partition = ''] =
      /daybook\.tasks\/(\d) at offsets 1 to 1 \(codec: zstd\) can't be decoded: /.exec(msg) ?? []
    const committed = async () =>
      (await kafka.committedOffsets(projectionGroup, 'daybook.tasks')).get(Number(partition))
    t.equal(await committed(), 1n, 'the messages before the batch are handled')
    const [, command = ''] = /run: (npm run .*)$/.exec(msg) ?? []
    const place = { group: projectionGroup, topic: 'daybook.tasks', partition: Number(partition) }
    const refused = async (offset: bigint, message: RegExp) => {
      const keep = async () => void t.fail('the batch is stored')
      await t.rejects(kafka.skipBatch({ ...place, offset, keep }), {
        code: 'DAYBOOK_KAFKA_SKIP_REFUSED',
        message,
      })
    }
    await refused(2n, /Nothing was skipped: the next batch .* has the offsets 1 to 1/)
    await refused(3n, /Nothing was skipped: .* ends at offset 3/)
    const ignore = { handle: async () => undefined, park: async () => undefined }
    const member = await kafka.consume({ group: projectionGroup, topic: topics.clock.name, ...ignore })
    await until('the consumer is in the group', () => member.trouble() === undefined)
    await refused(1n, /has 1 members\. Stop all processes of reporting/)
    await member.stop()

    const skip = (text: string) => run(t, stack, 'sh', ['-c', text])
    t.match(await skip(command.replace('daybook.tasks', 'daybook.reports')), {
      code: 1,
      output: /usage: skip-batch/,
    })
    const skipped = await skip(command)
    t.match(skipped, { code: 0, output: /Skipped the batch of daybook\.tasks\/\d at offset 1/ })
    t.equal(await committed(), 2n)
    const letters = await stack.db.collection<DeadLetter>('dead_letters').find({}).toArray()
    t.match(letters, [
      {
        _id: `reporting-projection/daybook.tasks/${partition}/1`,
        batch: { lastOffset: '1', codec: 'zstd' },
        error: { message: /67108864 bytes/ },
      },
    ])
    const { value } = await openLetterContents(stack.db).read(letters[0] as DeadLetter)
    t.equal(value?.readBigInt64BE(0), 1n, 'the letter has the bytes of the batch, starting with its offset')
    t.match(await skip(command), { code: 0, output: /has already passed daybook\.tasks\/\d at offset 1/ })
    await refused(2n, /the next record of .*, at offset 2, can be read/)

    const reporting = await startReporting(t, stack)
    const names = async () => (await reporting.dayOf('alice', DAY)).completions.map(({ name }) => name)
    await until('both completions are projected', async () => (await names()).length === 2)
    t.strictSame((await names()).sort(), ['before', 'behind'])
  },
)
