import '@daybook/shared/mongo/connect-mongo'
import { makeStack } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { openCaps } from '../../src/mail/cap-store.ts'
import { withIncidents, withRecovery } from '../../src/mail/change-episode.ts'
import { type DecideDeps, decideMails } from '../../src/mail/decide-mails.ts'
import type { Incident } from '../../src/mail/episode.ts'
import { openEpisodes } from '../../src/mail/episode-store.ts'
import { openMails } from '../../src/mail/sending/mail-store.ts'

const begin = Date.UTC(2026, 10, 26)
const names = { _id: 'id', key: 'key', isMixed: false }
const incident = (subject: string): Incident => ({
  about: 'kind x',
  error: 'boom',
  subject,
  at: new Date(begin),
  to: ['ops@example.org'],
})

/** A database on which a test decides, as any number of processes do. */
async function makeDesk(t: Test) {
  const { db } = await makeStack(t)
  const [episodes, mails] = await Promise.all([openEpisodes(db), openMails(db)])
  const caps = { inAll: 100, toSame: 100 }
  const deps: DecideDeps = { episodes, mails, places: openCaps(db), caps, now: () => new Date(begin + 1000) }
  await episodes.change('id', read => withIncidents(read, [incident('one')], names))
  return { db, deps, episodes, mails, outbox: () => db.collection<{ _id: string }>('mails').find().toArray() }
}

const killed = new Error('killed')

test('a process that is killed at any step neither loses nor repeats a mail', async t => {
  const { db, deps, episodes, mails, outbox } = await makeDesk(t)
  const steps: Partial<DecideDeps>[] = [
    { places: { take: () => Promise.reject(killed) } },
    { episodes: { ...episodes, replace: () => Promise.reject(killed) } },
    { mails: { put: () => Promise.reject(killed) } },
    {
      mails: {
        async put(mail) {
          await mails.put(mail)
          throw killed
        },
      },
    },
  ]
  for (const step of steps) await t.rejects(decideMails({ ...deps, ...step }), killed)
  t.equal(await decideMails(deps), 1)
  t.equal(await decideMails(deps), 0)
  t.match(await outbox(), [{ _id: 'key-1', state: 'waiting', left: ['ops@example.org'] }])
  t.equal((await outbox()).length, 1)
  t.match(await db.collection('mail_caps').find().toArray(), [{ places: [{ mail: 'key-1' }] }])
})

test('processes that decide the same mail at the same time store one mail and take one place', async t => {
  const { db, deps, outbox } = await makeDesk(t)
  await Promise.all(Array.from({ length: 8 }, () => decideMails(deps)))
  t.equal(await decideMails(deps), 0)
  t.strictSame(
    (await outbox()).map(({ _id }) => _id),
    ['key-1'],
  )
  const [caps] = await db.collection<{ _id: string; places: unknown[] }>('mail_caps').find().toArray()
  t.equal(caps?.places.length, 1)
})

test('failures that are reported by many processes at once are all counted, each once', async t => {
  const { db, episodes } = await makeDesk(t)
  const report = (subject: string) =>
    episodes.change('id', read => withIncidents(read, [incident(subject)], names))
  await Promise.all(Array.from({ length: 12 }, (_, n) => report(`job-${n % 6}`)))
  t.match(await db.collection('mail_episodes').findOne(), { count: 7 })
})

test('a failure after the end begins a new episode, although the mail about the end is not stored yet', async t => {
  const { deps, episodes, outbox } = await makeDesk(t)
  await decideMails(deps)
  const recovery = { about: 'kind x', at: new Date(begin + 1), isSettled: true }
  await episodes.change('id', read => read && withRecovery(read, recovery))
  await t.rejects(decideMails({ ...deps, mails: { put: () => Promise.reject(killed) } }), killed)
  const next = { ...names, key: 'next' }
  await episodes.change('id', read => withIncidents(read, [incident('two')], next))
  while ((await decideMails(deps)) > 0);
  t.strictSame((await outbox()).map(({ _id }) => _id).sort(), ['key-1', 'key-2', 'next-1'])
})
