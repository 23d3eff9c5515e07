import { toMessage, topics } from '@daybook/shared/events'
import { endAtBatch, skipsTheBatch, until } from '@daybook/shared/testing'
import t from 'tap'
import { projectionGroup } from '../src/groups.ts'
import { completed, makeBench, startReporting } from './support/reporting.ts'

const DAY = '2026-05-01'
const message = (name: string) => toMessage(completed('alice', DAY, { name }), 'alice')

t.test(
  'a batch that cannot be decoded ends the service, and the command in its message skips the batch',
  async t => {
    const { kafka, stack } = await makeBench(t)
    const [group, topic] = [projectionGroup, topics.tasks.name]
    const around: Parameters<typeof endAtBatch>[1]['around'] = [message('before'), message('behind')]
    const ended = await endAtBatch(t, { stack, kafka, service: 'reporting', group, topic, around })

    const refused = async (offset: bigint, message: RegExp) => {
      const keep = async () => void t.fail('the batch is stored')
      await t.rejects(kafka.skipBatch({ ...ended.place, offset, keep }), {
        code: 'DAYBOOK_KAFKA_SKIP_REFUSED',
        message,
      })
    }
    await refused(2n, /Nothing was skipped: the next batch .* has the offsets 1 to 1/)
    await refused(3n, /Nothing was skipped: .* ends at offset 3/)
    const ignore = { handle: async () => undefined, park: async () => undefined }
    const member = await kafka.consume({ group, topic: topics.clock.name, ...ignore })
    await until('the consumer is in the group', () => member.trouble() === undefined)
    await refused(1n, /has 1 members\. Stop all processes of its service/)
    await member.stop()

    t.match(await ended.skip(command => command.replace(topic, 'daybook.reports')), {
      code: 1,
      output: /usage: skip-batch --topic <daybook.tasks \| daybook.clock \| /,
    })
    await skipsTheBatch(t, ended, stack)
    await refused(2n, /the next record of .*, at offset 2, can be read/)

    const reporting = await startReporting(t, stack)
    const names = async () => (await reporting.dayOf('alice', DAY)).completions.map(({ name }) => name)
    await until('both completions are projected', async () => (await names()).length === 2)
    t.strictSame((await names()).sort(), ['before', 'behind'])
  },
)
