import { normalisedError } from '@daybook/shared/failures/error-words'
import { test } from 'tap'
import { held, withIncidents, withMail, withoutMail, withRecovery } from '../../src/mail/change-episode.ts'
import { dueMail, firstMailId, nextMailId } from '../../src/mail/due-mail.ts'
import { type Episode, episodeId, type Incident } from '../../src/mail/episode.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 26) + minutes * 60_000)
const incident = (minutes: number, subject = `job-${minutes}`): Incident => ({
  about: 'kind x',
  error: 'boom',
  subject,
  at: at(minutes),
  to: ['ops@example.org'],
})

const names = (key = 'key') => ({ _id: 'id', key, isMixed: false })

function add(read: Episode | undefined, ...minutes: number[]): Episode {
  const incidents = minutes.map(one => incident(one))
  const next = withIncidents(read, incidents, names(read === undefined ? 'key' : 'another'))
  if (next === undefined) throw new Error('nothing was added')
  return next
}

/** Decides the mail that is due at a minute, as deciding does. */
function mailed(read: Episode, minutes: number, occasion: ReturnType<typeof dueMail>): Episode {
  const due = dueMail(read, at(minutes))
  if (due === undefined || due !== occasion) throw new Error(`${due} is due`)
  const mail = { _id: nextMailId(read), to: [], subject: '', text: '', decidedAt: at(minutes) }
  return withoutMail(withMail(read, due, mail))
}

test('the first failure is due at once, further ones an hour later', async t => {
  const first = add(undefined, 0)
  t.strictSame(first.dueAt, at(0))
  const told = mailed(first, 0, 'first')
  t.equal(told.dueAt, undefined)
  const more = add(told, 5, 6)
  t.match(more, { count: 3, told: 1, dueAt: at(60), lastAt: at(6), firstAt: at(0), mails: 1 })
  t.equal(dueMail(more, at(59)), undefined)
  t.match(mailed(more, 60, 'more'), { count: 3, told: 3, dueAt: undefined })
})

test('the end is due when the topic succeeded and an hour had no failure', async t => {
  const told = mailed(add(undefined, 0), 0, 'first')
  const recovered = withRecovery(told, { about: 'kind x', at: at(1) })
  t.match(recovered, { dueAt: at(60) })
  const again = add(recovered, 30)
  t.equal(again.recoveredAt, undefined, 'a later failure undoes the success')
  const digest = mailed(again, 60, 'more')
  t.equal(digest.dueAt, undefined)
  const over = withRecovery(digest, { about: 'kind x', at: at(70) })
  t.match(over, { dueAt: at(90) })
  t.equal(over && dueMail(over, at(89)), undefined)
  t.match(over && mailed(over, 90, 'over'), { count: 0 })
})

test('an end that is known is due at once, and tells the failures that no mail has told', async t => {
  const told = add(mailed(add(undefined, 0), 0, 'first'), 1)
  const over = withRecovery(told, { about: 'kind x', at: at(2), isSettled: true })
  t.match(over, { dueAt: at(2), count: 2, told: 1 })
  t.equal(over && dueMail(over, at(2)), 'over')
})

test('the end is told after the failure, also when the caps held the first mail', async t => {
  const waiting = held(add(undefined, 0), at(40))
  t.strictSame(waiting.dueAt, at(40))
  t.strictSame(add(waiting, 1).dueAt, at(40), 'a further failure does not end the wait')
  const recovered = withRecovery(waiting, { about: 'kind x', at: at(1), isSettled: true })
  const told = recovered && mailed(recovered, 40, 'first')
  t.equal(told?.heldUntil, undefined)
  t.equal(told && dueMail(told, at(40)), 'over')
})

test('a success before the last failure, or a second one, says nothing new', async t => {
  const read = add(undefined, 10)
  t.equal(withRecovery(read, { about: 'kind x', at: at(10) }), undefined)
  const recovered = withRecovery(read, { about: 'kind x', at: at(11) })
  t.ok(recovered)
  t.equal(recovered && withRecovery(recovered, { about: 'kind x', at: at(12) }), undefined)
  t.ok(recovered && withRecovery(recovered, { about: 'kind x', at: at(12), isSettled: true }))
  const late = recovered && add(recovered, 9)
  t.strictSame(
    late?.recoveredAt,
    at(11),
    'a failure before the success that is reported later does not undo it',
  )
})

test('a failure that is reported again counts once', async t => {
  const read = add(undefined, 1, 2)
  t.equal(withIncidents(read, [incident(1), incident(2)], names()), undefined)
  t.match(add(read, 1, 2, 3), { count: 3 })
  t.match(add(undefined, 1, 1), { count: 1 })
})

test('failures after the end begin a new episode, which keeps the mail that is on its way', async t => {
  const told = mailed(add(undefined, 0), 0, 'first')
  const recovered = withRecovery(told, { about: 'kind x', at: at(1), isSettled: true })
  const mail = { _id: 'over', to: [], subject: '', text: '', decidedAt: at(1) }
  const over = recovered && withMail(recovered, 'over', mail)
  const next = add(over, 2)
  t.match(next, {
    count: 1,
    told: 0,
    firstAt: at(2),
    mail: { _id: 'over' },
    dueAt: at(1),
    mails: 0,
    key: 'another',
  })
  t.equal(dueMail(withoutMail(next), at(2)), 'first')
})

test('mails of an episode have ids of their own, and know the first one', async t => {
  const first = add(undefined, 0)
  t.strictSame([nextMailId(first), firstMailId(first)], ['key-1', undefined])
  const told = add(mailed(first, 0, 'first'), 1)
  t.strictSame([nextMailId(told), firstMailId(told)], ['key-2', 'key-1'])
})

test('errors with other words are other groups', async t => {
  const errors = ['timeout for job 1', 'timeout for task 1', 'no timeout for job 1', '']
  t.equal(new Set(errors.map(error => episodeId('kind x', normalisedError(error)))).size, errors.length)
})

test('the same error of another topic is another group, and no error is the group of all others', async t => {
  const ids = [episodeId('kind x', 'e'), episodeId('kind y', 'e'), episodeId('kind x', undefined)]
  t.equal(new Set(ids).size, 3)
})
