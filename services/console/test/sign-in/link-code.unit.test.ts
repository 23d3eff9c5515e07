import '../browser.ts'
import { token } from '@daybook/shared/testing'
import t from 'tap'
import { session } from '../../src/session/session.ts'
import { signInByCode } from '../../src/sign-in/link-code.ts'
import { answerWith } from '../browser.ts'

t.test('a link that does not work says why', async t => {
  answerWith(() => new Response('<html>', { status: 502, headers: { 'content-type': 'text/html' } }))
  t.match(await signInByCode('x'), /OTHER_ANSWER.*502/)
  answerWith(() => new Response('<html>'))
  t.match(await signInByCode('x'), /The link does not work: /)
  answerWith(() => Response.json({ token: 'x' }))
  t.match(await signInByCode('x'), /not a token/)
  t.equal(session.value, undefined)
})

t.test('a link signs in also when the clock of the browser is a year fast', async t => {
  const made = await token('alice', { zone: 'UTC' })
  const real = Date.now
  t.teardown(() => {
    Date.now = real
  })
  answerWith(() => Response.json({ token: made }, { headers: { date: new Date(real()).toUTCString() } }))
  Date.now = () => real() + 365 * 86_400_000
  t.equal(await signInByCode('x'), undefined)
  t.match(session.value, { user: 'alice', isOver: false })
})
