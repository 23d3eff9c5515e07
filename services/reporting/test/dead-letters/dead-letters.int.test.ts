import { randomUUID } from 'node:crypto'
import type { DeadLetter } from '@daybook/shared/dead-letters/dead-letter-model'
import { openDeadLetters } from '@daybook/shared/dead-letters/dead-letter-store'
import { openLetterContents } from '@daybook/shared/dead-letters/letter-content-store'
import { type EventMessage, toMessage, topics } from '@daybook/shared/events'
import { asHeaders } from '@daybook/shared/kafka'
import { received, until } from '@daybook/shared/testing'
import t from 'tap'
import { logRequestTopic } from '../../src/logs/log-requests.ts'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const DAY = '2026-05-01'
const right = toMessage(completed('alice', DAY), 'alice')

/** A message that differs from a valid one in the given fields. All messages of a topic have one key, so they keep their order. */
const wrong = (differences: Partial<EventMessage>): EventMessage => ({ ...right, ...differences })
const withData = (differences: object) =>
  wrong({ value: JSON.stringify({ ...JSON.parse(right.value), ...differences }) })

interface Readiness {
  status: string
  troubles: Record<string, string>
}

t.test(
  'messages that can never be handled are parked with all details, and consumption continues',
  async t => {
    const bench = await makeBench(t)
    const { kafka, stack } = bench
    const reporting = await startReporting(t, stack)
    const letters = stack.db.collection<DeadLetter>('dead_letters')
    const contents = openLetterContents(stack.db)
    const parkedOf = (topic: string) => letters.find({ topic }).sort({ partition: 1, offset: 1 }).toArray()

    t.test('messages of daybook.tasks', async t => {
      const cases: [EventMessage, RegExp][] = [
        [wrong({ value: 'not JSON' }), /JSON/],
        [wrong({ value: '' }), /JSON/],
        [wrong({ headers: {} }), /ce_specversion is missing/],
        [wrong({ headers: { ...right.headers, ce_specversion: '0.3' } }), /ce_specversion is not 1.0/],
        [wrong({ value: '{}' }), /taskId/],
        [withData({ day: '2026-02-30' }), /day/],
        [withData({ day: '../../etc' }), /day/],
        [withData({ taskId: '../../etc/passwd' }), /taskId/],
        [withData({ completedAt: 'yesterday' }), /completedAt/],
        [withData({ name: '\ud800' }), /name/],
        [withData({ userId: '' }), /userId/],
        [wrong({ value: 'x', headers: { ...right.headers, $where: '1', 'a.b': '2', '': '3' } }), /JSON/],
      ]
      const sent = cases.map(([message]) => message)
      const unknown = wrong({ headers: { ...right.headers, ce_type: 'TaskPraised' } })
      await kafka.publish(topics.tasks.name, [...sent, unknown, toMessage(completed('alice', DAY), 'alice')])
      await until(
        'the message after them is projected',
        async () => (await reporting.dayOf('alice', DAY)).completions.length === 1,
      )

      const found = await parkedOf('daybook.tasks')
      t.equal(found.length, cases.length, 'an unknown type is not parked')
      for (const [i, [message, error]] of cases.entries()) {
        const letter = found.find(({ offset }) => offset === String(i))
        t.match(letter, {
          _id: `reporting-projection/daybook.tasks/${letter?.partition}/${i}`,
          group: 'reporting-projection',
          error: { message: error, stack: String },
          attempts: 1,
          parkedAt: Date,
        })
        t.strictSame(letter && (await contents.read(letter)), {
          key: Buffer.from('alice'),
          headers: asHeaders(message.headers),
          value: Buffer.from(message.value),
        })
      }
    })

    t.test('messages of any bytes', async () => {
      const any = Buffer.from([0xff, 0, 0xfe])
      const attributes = asHeaders(right.headers)
      const headers: [Buffer, Buffer | null][] = ['_bsontype', 'a\0b', '__proto__', '$set', '$set'].map(
        name => [Buffer.from(name), any],
      )
      const ofType = (type: string) => asHeaders({ ...right.headers, ce_type: type })
      const before = (await parkedOf('daybook.tasks')).length
      const name = randomUUID()
      await kafka.publish(topics.tasks.name, [
        { key: any, value: any, headers: [...headers, [any, null]] },
        { key: null, value: null, headers },
        { ...right, headers: [...attributes, ...headers], value: any },
        { ...right, headers: [...attributes, ...attributes] },
        { ...right, headers: ofType('__proto__'), value: '[' },
        { ...right, headers: ofType('constructor') },
        { ...right, headers: [...attributes, ...headers], value: `{"x":${'['.repeat(100_000)}` },
        toMessage(completed('alice', DAY, { name }), 'alice'),
      ])
      const projected = async () =>
        (await reporting.dayOf('alice', DAY)).completions.some(c => c.name === name)
      await until('the message after them is projected', projected)
      await until(
        'all others are parked',
        async () => (await parkedOf('daybook.tasks')).length === before + 6,
      )
    })

    t.test('messages of daybook.clock', async t => {
      const key = 'end-of-day:UTC'
      const endOfDay = { ...right.headers, ce_type: 'EndOfDay', ce_source: '/daybook/scheduler' }
      const value = JSON.stringify({ day: 'today', timeZone: 'UTC', endedAt: '2026-05-02T00:00:00.000Z' })
      await kafka.publish(topics.clock.name, [{ key, headers: endOfDay, value }])
      await bench.endDay(DAY)
      t.match(await reporting.runDone(DAY), { jobs: 1 })
      const found = await parkedOf('daybook.clock')
      t.match(found, [{ group: 'reporting-clock', offset: '0', error: { message: /day/ }, attempts: 1 }])
    })

    t.test('messages of the topic of log requests', async t => {
      const headers = { ...right.headers, ce_type: 'WriteUserLog' }
      await kafka.publish(logRequestTopic.name, [
        { key: 'alice', headers, value: JSON.stringify({ userId: 'alice', day: '..' }) },
      ])
      const name = randomUUID()
      await bench.publish(completed('alice', DAY, { name }))
      await until('the next log request is done', async () =>
        (await bench.read(DAY, 'alice.log'))?.includes(name),
      )
      const [letter] = await parkedOf('daybook.reporting.jobs')
      t.match(letter, { group: 'reporting-writer', error: { message: /timeZone/ }, attempts: 1 })
    })

    t.test('a message that is parked twice has one letter', async t => {
      const park = openDeadLetters(stack.db)('some-group')
      const message = received(right, { offset: 7n })
      await park(message, new Error('first'), 5)
      await park(message, new Error('second'), 5)
      t.match(await letters.find({ group: 'some-group' }).toArray(), [
        { _id: 'some-group/daybook.tasks/0/7', error: { name: 'Error', message: 'first' }, attempts: 5 },
      ])
    })

    t.test(
      'while MongoDB refuses a dead letter the service is not ready and logs an error; then the letter is stored',
      async t => {
        const ready = async () => (await reporting.operator<Readiness>('/health/ready')).body
        const blocked = async () => (await reporting.operator<string>('/metrics')).body
        // A unique index refuses every further document.
        await letters.deleteMany({})
        await letters.insertOne({ _id: 'other', group: 'reporting-projection' } as DeadLetter)
        const index = await letters.createIndex({ group: 1 }, { unique: true })
        const name = randomUUID()
        await kafka.publish(topics.tasks.name, [
          wrong({ value: 'refused' }),
          toMessage(completed('alice', DAY, { name }), 'alice'),
        ])
        await until('the service is not ready', async () => {
          const trouble = (await ready()).troubles['reporting-projection']
          return /can't be stored as a dead letter/.test(trouble ?? '')
        })
        t.match(
          await blocked(),
          /^daybook_blocked{part="reporting-projection",code="DAYBOOK_DEAD_LETTER_NOT_STORED"} 1$/m,
        )
        await letters.dropIndex(index)
        await until('the service is ready again', async () => (await ready()).status === 'ok')
        t.notMatch(await blocked(), /^daybook_blocked{/m)
        t.match(await parkedOf('daybook.tasks'), [{ error: { message: /JSON/ } }])
        const projected = async () =>
          (await reporting.dayOf('alice', DAY)).completions.some(completion => completion.name === name)
        await until('the message after them is projected', projected)
      },
    )
  },
)
