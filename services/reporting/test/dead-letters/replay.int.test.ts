import type { DeadLetter } from '@daybook/shared/dead-letters/dead-letter-model'
import { type EventMessage, toMessage, topics } from '@daybook/shared/events'
import { until } from '@daybook/shared/testing'
import t from 'tap'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const DAY = '2026-05-01'
const right = (name: string) => toMessage(completed('alice', DAY, { name }), 'alice')
const withHeaders = ({ headers, ...message }: EventMessage, changes: Record<string, string>) => ({
  ...message,
  headers: { ...headers, ...changes },
})

interface Letters {
  deadLetters: { id: string; offset: string; error: { message: string } }[]
  total: { count: number }
}

t.test('an operator repairs messages that reporting could not handle', async t => {
  const bench = await makeBench(t)
  const { stack, kafka } = bench
  const reporting = await startReporting(t, stack)
  const { operator } = reporting
  const list = async () => (await operator<Letters>('/dead-letters?topic=daybook.tasks')).body
  const replay = async (id: string) =>
    (await operator(`/dead-letters/${encodeURIComponent(id)}/replay`, { method: 'POST' })).body
  const names = async () => (await reporting.dayOf('alice', DAY)).completions.map(({ name }) => name)

  await t.test(
    'no JSON, an invalid schema and an unknown version are parked, an unknown type is skipped, and all behind them is projected',
    async t => {
      const other = withHeaders(right('of version 2'), {
        ce_dataschema: 'urn:daybook:schema:TaskCompleted:2',
      })
      await kafka.publish(topics.tasks.name, [
        { ...right('no JSON'), value: 'no JSON' },
        { ...right('invalid'), value: '{"userId":"alice"}' },
        withHeaders(right('praised'), { ce_type: 'TaskPraised' }),
        other,
        right('behind them'),
      ])
      await until('the message behind them is projected', async () => (await names()).length === 1)
      const { deadLetters, total } = await list()
      t.match(
        deadLetters.toSorted((a, b) => Number(a.offset) - Number(b.offset)),
        [
          { offset: '0', error: { message: /JSON/ } },
          { offset: '1', error: { message: /taskId/ } },
          { offset: '3', error: { message: /names version 2/ } },
        ],
      )
      t.equal(total.count, 3)
      const { body } = await operator<string>('/metrics')
      t.match(body, /^daybook_dead_letters{topic="daybook.tasks",group="reporting-projection"} 3$/m)
    },
  )

  await t.test('a message that still cannot be handled keeps its one letter', async t => {
    const [{ id } = { id: '' }] = (await list()).deadLetters
    t.match(await replay(id), { id, result: 'failed', error: /./ })
    t.equal((await list()).total.count, 3)
    const { body } = await operator(`/dead-letters/${encodeURIComponent(id)}`)
    t.match(body, { attempts: 2, group: 'reporting-projection', headers: Array })
  })

  await t.test('a message that can be handled now is projected, and others do not see it again', async t => {
    const letters = stack.db.collection<DeadLetter>('dead_letters')
    // As if this version could read what an earlier one parked.
    const [{ id } = { id: '' }] = (await list()).deadLetters
    const { headers, value } = right('repaired')
    const { Binary } = stack.db.base.mongo
    const pairs = Object.entries(headers).map(([name, text]) => [
      new Binary(Buffer.from(name)),
      new Binary(Buffer.from(text)),
    ])
    const changes = { headers: pairs, value: new Binary(Buffer.from(value)) } as Partial<DeadLetter>
    await letters.updateOne({ _id: id }, { $set: changes })
    const ends = await kafka.endOffsets(topics.tasks.name)
    t.match(await replay(id), { id, result: 'handled' })
    t.strictSame((await names()).toSorted(), ['behind them', 'repaired'])
    t.strictSame(await kafka.endOffsets(topics.tasks.name), ends)
    t.equal((await list()).total.count, 2)
  })

  await t.test('the request of a log that could not be written is repeated', async t => {
    // As an earlier version stored it: texts, and no time of the record.
    const old = {
      ...{ _id: 'reporting-writer/daybook.reporting.jobs/0/0', group: 'reporting-writer', offset: '0' },
      ...{ topic: 'daybook.reporting.jobs', partition: 0, key: 'alice', attempts: 5, parkedAt: new Date() },
      error: { name: 'Error', message: 'the name is too long', stack: '' },
      headers: { ...right('').headers, ce_type: 'WriteUserLog' },
    }
    const request = { day: DAY, userId: 'alice', timeZone: 'UTC', late: false }
    const value = new stack.db.base.mongo.Binary(Buffer.from(JSON.stringify(request)))
    const letters = stack.db.collection<DeadLetter>('dead_letters')
    await letters.insertOne({ ...old, value } as unknown as DeadLetter)
    t.match(await replay(old._id), { result: 'handled' })
    t.match(await bench.read(DAY, 'alice.log'), /repaired/)
  })

  await t.test('all letters of a filter are deleted', async t => {
    const body = { filter: { topic: 'daybook.tasks' } }
    const dry = await operator('/dead-letters/delete', { body: { ...body, dryRun: true } })
    t.match(dry.body, { matching: 2 })
    t.match((await operator('/dead-letters/delete', { body })).body, { deleted: 2, skipped: 0 })
    t.equal((await list()).total.count, 0)
  })
})
