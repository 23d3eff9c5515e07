import '../browser.ts'
import { token } from '@daybook/shared/testing'
import t from 'tap'
import { readConfig } from '../../src/session/config.ts'
import { faultOf, session, signIn } from '../../src/session/session.ts'
import { now } from '../../src/time/clock.ts'
import { answerWith } from '../browser.ts'

const alice = await token('alice', { zone: 'UTC' })

t.test('a session is over when its token ends by the clock of the server', async t => {
  signIn({ token: alice })
  const shown = session.value
  now.value += 1000
  t.equal(session.value, shown, 'nothing is drawn again at each tick')
  now.value = shown?.expiresAt ?? 0
  t.match(session.value, { user: 'alice', isOver: true })
  now.value = Date.now()
  t.match(session.value, { user: 'alice', isOver: false })
})

t.test('a browser whose clock is a year fast keeps its session and takes a token', async t => {
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  Date.now = () => real() + 365 * 86_400_000
  now.value = Date.now()
  t.match(session.value, { isOver: true })
  answerWith(() => Response.json({ oidc: null }, { headers: { date: new Date(real()).toUTCString() } }))
  await readConfig()
  t.match(session.value, { user: 'alice', isOver: false })
  t.equal(faultOf(alice), undefined)
})
