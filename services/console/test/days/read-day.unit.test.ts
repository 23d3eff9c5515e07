import '../browser.ts'
import t from 'tap'
import { readDay } from '../../src/days/read-day.ts'
import { answerWith, problem } from '../browser.ts'

const DAY = '2026-11-26'
const TAKEN_BACK = { taskId: 'three', timeZone: 'UTC' }
const log = { state: 'written', revision: 1, sha256: 'aa', writtenAt: null, amendments: [] }
const completions = (name: string) => [
  { taskId: name, name, completedAt: `${DAY}T10:00:00.000Z`, timeZone: 'UTC' },
]

t.test('a day is read with all its completions, and with its file', async t => {
  const requests = answerWith((request, sent) => {
    if (request.endsWith('/log')) return new Response('the file')
    const isFirst = !new URL(sent.url).searchParams.has('cursor')
    const page = isFirst ? { takenBack: [TAKEN_BACK], nextCursor: 'x_y' } : { nextCursor: null }
    return Response.json({
      day: DAY,
      userId: 'alice',
      log,
      completions: completions(isFirst ? 'one' : 'two'),
      ...page,
    })
  })
  const { data } = await readDay(DAY, new AbortController().signal)
  t.strictSame(
    data?.day.completions.map(({ name }) => name),
    ['one', 'two'],
  )
  t.strictSame(data?.day.takenBack, [TAKEN_BACK])
  t.equal(data?.written, 'the file')
  t.equal(requests.length, 3)
})

t.test('a day that is not read completely is not shown', async t => {
  answerWith((_request, sent) =>
    new URL(sent.url).searchParams.has('cursor')
      ? problem(503)
      : Response.json({ day: DAY, userId: 'alice', log, completions: completions('one'), nextCursor: 'x_y' }),
  )
  const { data, error } = await readDay(DAY, new AbortController().signal)
  t.equal(data, undefined)
  t.equal(error?.status, 503)
})
