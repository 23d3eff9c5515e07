import type { Completion, TakenBack } from '../../../services/reporting/src/projection/completion.ts'
import type { Completions } from '../../../services/reporting/src/projection/completion-store.ts'
import type { Contract } from './contract.ts'

const day = '2026-11-22'

/** A completion at noon, unless `details` say otherwise. */
function completion(userId: string, taskId: string, details: Partial<Completion> = {}): Completion {
  const { day: on = day } = details
  const what = { name: taskId, notes: null, dueOn: null, tags: ['a', 'b'] }
  const when = { version: 2, day: on, timeZone: 'UTC', completedAt: `${on}T12:00:00.000Z` }
  return { _id: `${on}:${taskId}`, userId, taskId, takenBack: false, ...what, ...when, ...details }
}

const takenBack = ({ _id, day, timeZone, userId, taskId, version }: Completion): TakenBack => ({
  ...{ _id, day, timeZone, userId, taskId, version: version + 1, takenBack: true },
})

/** A task that was completed, reopened and completed again. */
function history(userId: string): [Completion, TakenBack, Completion] {
  const first = completion(userId, `${userId}'s task`)
  return [first, takenBack(first), { ...first, name: 'again', version: 4 }]
}

const listed = (completions: Completions, on: string, timeZone = 'UTC') =>
  Array.fromAsync(completions.users(on, timeZone))

export const completionsContract: Contract<Completions> = (t, fresh) => {
  t.test('the newest of several events of a task in one batch counts, in any order', async t => {
    const completions = await (await fresh())()
    for (const [user, order] of Object.entries({ a: [0, 1, 2], b: [2, 1, 0], c: [1, 2, 0], d: [2, 0, 1] })) {
      const documents = history(user)
      await completions.apply(order.flatMap(i => documents[i] ?? []))
      t.strictSame(await completions.ofUser(user, day), [documents[2]], `order ${order}`)
    }
  })

  t.test('repeated batches, and an older batch that comes last, change nothing', async t => {
    const completions = await (await fresh())()
    const [first, back, again] = history('twice')
    const batches = [[first], [back], [again], [back], [first], [first, back], [again], []]
    for (const batch of batches) await completions.apply(batch)
    t.strictSame(await completions.ofUser('twice', day), [again])
    const other = { ...again, name: 'of the same version' }
    await completions.apply([other])
    t.strictSame(await completions.ofUser('twice', day), [again])
  })

  t.test('the place of an event is stored with its version, and that of a repetition is not', async t => {
    const completions = await (await fresh())()
    const [first, back, again] = history('placed')
    const origin = async () => [...(await completions.origins([first._id, 'none']))]
    await completions.apply([first])
    t.strictSame(await origin(), [[first._id, { version: 2 }]], 'earlier versions store no place')
    await completions.apply([{ ...back, at: '1/7' }])
    t.strictSame(await origin(), [[first._id, { version: 3, at: '1/7' }]])
    const batches = [
      { ...back, at: '1/9' },
      { ...again, at: '1/8' },
      { ...again, at: '1/10' },
    ]
    await completions.apply(batches)
    await completions.apply(batches.toReversed())
    t.strictSame(await origin(), [[first._id, { version: 4, at: '1/8' }]])
    t.strictSame(await completions.origins([]), new Map())
  })

  t.test('the time of a version is that of its first writing, and outlasts an erasure', async t => {
    const completions = await (await fresh())()
    const [first, , again] = history('timed')
    const [early, late] = [new Date('2026-11-22T12:00:01.000Z'), new Date('2026-11-22T13:00:00.000Z')]
    const stored = async () => (await completions.ofUser('timed', day)).map(({ projectedAt }) => projectedAt)
    await completions.apply([{ ...first, projectedAt: early }])
    for (const batch of [[first], [first, again]]) {
      await completions.apply(batch.map(one => ({ ...one, projectedAt: late })))
      t.strictSame(await stored(), [batch.length === 1 ? early : late])
    }
    await completions.eraseTasks([first])
    t.strictSame(await stored(), [late])
  })

  t.test('days with 2,500 completions are left to the caller, who reads others along', async t => {
    const completions = await (await fresh())()
    const of = (user: string, count: number) =>
      Array.from({ length: count }, (_, i) => completion(user, `${user}/${i}`))
    for (const user of ['b', 'd']) await completions.apply(of(user, 2500))
    await completions.apply(['a', 'c', 'e'].flatMap(user => of(user, 2)))
    const days = ['a', 'b', 'c', 'd', 'e', 'f'].map(userId => ({ userId, day }))
    for (const read of [completions.ofUserDays, completions.inDetail]) {
      const left: string[] = []
      const found = await Array.fromAsync(
        read(days, ({ userId, day: on }) => void left.push(`${on}/${userId}`)),
      )
      t.strictSame(left.sort(), [`${day}/b`, `${day}/d`])
      t.strictSame(
        found.map(([first, ...more]) => [first?.userId, more.length]),
        [
          ['a', 1],
          ['c', 1],
          ['e', 1],
        ],
      )
    }
    const [all] = await Array.fromAsync(completions.ofUserDays([{ userId: 'b', day }]))
    t.equal(all?.length, 2500)
  })

  t.test(
    'days of users that have a completion which was not taken back are told from the others',
    async t => {
      const completions = await (await fresh())()
      const [kept, gone] = [completion('a', 'kept'), completion('b', 'gone')]
      await completions.apply([kept, gone, completion('c', 'both'), completion('c', 'other')])
      await completions.apply([takenBack(gone)])
      const asked = ['a', 'b', 'c', 'd'].map(userId => ({ userId, day }))
      const found = await completions.nonEmpty([...asked, { userId: 'a', day: '1999-01-01' }])
      t.strictSame(found.map(({ userId, day: on }) => `${on}/${userId}`).sort(), [`${day}/a`, `${day}/c`])
      t.strictSame(await completions.nonEmpty([]), [])
    },
  )

  t.test('the newest version of simultaneous writers stays', async t => {
    const open = await fresh()
    const writers = await Promise.all([3, 1, 4, 2].map(async version => ({ version, store: await open() })))
    const tasks = Array.from({ length: 20 }, (_, i) => completion('busy', `task ${i}`))
    await Promise.all(
      writers.map(({ version, store }) => store.apply(tasks.map(task => ({ ...task, version })))),
    )
    const found = await (await open()).ofUser('busy', day)
    t.strictSame([found.length, new Set(found.map(({ version }) => version))], [20, new Set([4])])
  })

  t.test('an older event that comes later does not bring back a completion that was taken back', async t => {
    const completions = await (await fresh())()
    const [first, back] = history('back')
    await completions.apply([back])
    await completions.apply([first])
    t.strictSame(await completions.ofUser('back', day), [])
    t.strictSame(await listed(completions, day), ['back'], 'another time zone may have written it')
    t.strictSame([await completions.zones(day), await completions.zones('2020-01-01')], [['UTC'], []])
    t.strictSame(await completions.withCompletions([{ day, timeZone: 'UTC' }]), new Set())
  })

  t.test("a user's day is in the order of completion, across time zones", async t => {
    const completions = await (await fresh())()
    const late = completion('traveller', 'a', { completedAt: `${day}T23:59:59.999Z` })
    const early = completion('traveller', 'c', {
      ...{ completedAt: '2026-11-21T11:00:00.000Z', timeZone: 'Pacific/Auckland' },
    })
    const same = completion('traveller', 'b', { completedAt: late.completedAt })
    await completions.apply([same, late, early])
    t.strictSame(await completions.ofUser('traveller', day), [early, late, same])
    t.strictSame(await completions.ofUser('traveller', '2026-11-21'), [])
  })

  t.test('`withCompletions` finds the days that have a completion that counts', async t => {
    const completions = await (await fresh())()
    const tokyo = (task: string, on: string) => completion('carol', task, { day: on, timeZone: 'Asia/Tokyo' })
    await completions.apply([takenBack(tokyo('x', '2026-11-24')), tokyo('y', '2026-11-25')])
    const days = ['2026-11-24', '2026-11-25', '2026-11-26'].flatMap(one =>
      ['UTC', 'Asia/Tokyo'].map(timeZone => ({ day: one, timeZone })),
    )
    t.strictSame([...(await completions.withCompletions(days))], [days[3]])
    t.strictSame(await completions.withCompletions([]), new Set())
  })

  t.test(
    'the users of a day in a time zone are listed once each, and those with completions counted',
    async t => {
      const completions = await (await fresh())()
      const tokyo = completion('b', '4', { timeZone: 'Asia/Tokyo' })
      const back = takenBack(completion('c', '5'))
      await completions.apply([completion('b', '3'), completion('a', '1'), completion('a', '2'), tokyo, back])
      t.strictSame((await listed(completions, day)).sort(), ['a', 'b', 'c'])
      t.strictSame(await listed(completions, day, 'Asia/Tokyo'), ['b'])
      t.strictSame(await completions.count(day, 'UTC'), { users: 2, completions: 3 })
      t.strictSame(await completions.count(day, 'Europe/Berlin'), { users: 0, completions: 0 })
    },
  )

  t.test('the days of many users are each whole and in the order of completion', async t => {
    const completions = await (await fresh())()
    const wanted = ['2026-12-02', '2026-12-01'].flatMap(one =>
      ['b', 'a', 'c'].map(userId => ({ userId, day: one })),
    )
    const stored = wanted.flatMap(({ userId, day: on }) =>
      Array.from({ length: 40 }, (_, i) => {
        const completedAt = `${on}T10:00:${59 - i}.000Z`
        return completion(userId, `${userId}${i}`, { day: on, completedAt })
      }),
    )
    await completions.apply([...stored, completion('other', 'o', { day: '2026-12-01' })])
    const asked = [...wanted.slice(0, 5), { userId: 'none', day: '2026-12-01' }]
    const found = await Array.fromAsync(completions.ofUserDays(asked))
    t.strictSame(
      found.map(([first]) => `${first?.userId} ${first?.day}`),
      ['a 2026-12-01', 'a 2026-12-02', 'b 2026-12-01', 'b 2026-12-02', 'c 2026-12-02'],
    )
    const detailed = await Array.fromAsync(completions.inDetail(asked))
    for (const [i, done] of found.entries()) {
      const [{ userId, day: on }] = done as [Completion]
      const whole = await completions.ofUser(userId, on)
      const logged = whole.map(({ taskId, name, timeZone, completedAt }) => ({
        ...{ userId, day: on, timeZone, taskId, name, completedAt },
      }))
      t.strictSame(done, logged)
      const details = { notes: null, dueOn: null, tags: ['a', 'b'] }
      t.strictSame(
        detailed[i],
        logged.map(one => ({ ...one, ...details })),
      )
    }
  })

  t.test(
    'erased completions lose their text and count as before, and a repeated event does not bring it back',
    async t => {
      const completions = await (await fresh())()
      const [one, other, back] = [
        completion('a', '1', { notes: 'n' }),
        completion('a', '2'),
        completion('a', '3'),
      ]
      const later = completion('a', '1', { day: '2026-11-23', timeZone: 'Asia/Tokyo', version: 5 })
      await completions.apply([one, other, back, later, completion('b', '1b')])
      await completions.apply([takenBack(back)])
      for (const tasks of [[], ['1', '3'], ['1']].map(ids => ids.map(taskId => ({ userId: 'a', taskId })))) {
        await completions.eraseTasks(tasks)
        await completions.apply([one, later])
      }
      await completions.eraseTasks([{ userId: 'b', taskId: '2' }])
      const text = { name: '(erased)', notes: null, tags: [] }
      t.strictSame(await completions.ofUser('a', day), [{ ...one, ...text }, other])
      t.strictSame(await completions.ofUser('a', '2026-11-23'), [{ ...later, ...text }])
      t.match(await completions.ofUser('b', day), [{ name: '1b' }])
      const days = (await completions.daysOf('a')).map(({ day: on, timeZone }) => `${on}@${timeZone}`)
      t.strictSame(days.sort(), [`${day}@UTC`, '2026-11-23@Asia/Tokyo'])
      t.strictSame(await completions.daysOf('nobody'), [])
    },
  )

  t.test('what a caller gives is its own', async t => {
    const completions = await (await fresh())()
    const given = completion('owner', 'task')
    await completions.apply([given])
    given.tags.push('later')
    t.match(await completions.ofUser('owner', day), [{ tags: ['a', 'b'] }])
  })
}
