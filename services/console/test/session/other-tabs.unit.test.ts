import '../browser.ts'
import { token, until } from '@daybook/shared/testing'
import t from 'tap'
import { keep } from '../../src/session/kept.ts'
import { shareSession } from '../../src/session/other-tabs.ts'
import { session, signIn, signOut } from '../../src/session/session.ts'

const channels: BroadcastChannel[] = []
const Real = globalThis.BroadcastChannel
// A channel that is open keeps the test running.
globalThis.BroadcastChannel = class extends Real {
  constructor(name: string) {
    super(name)
    channels.push(this)
  }
}

t.teardown(() => {
  for (const channel of channels) channel.close()
})

t.test('signing out in another tab ends the session here, without an echo', async t => {
  const alice = await token('alice', { zone: 'UTC' })
  const other = new BroadcastChannel('daybook.session')
  const heard: string[] = []
  other.onmessage = ({ data }: MessageEvent<{ type: string }>) => heard.push(data.type)
  await shareSession()
  for (const line of ['', 'Half a sentence']) {
    heard.length = 0
    signOut()
    signIn({ token: alice })
    keep('line', 'alice', line)
    await until('the token is shared', () => heard.at(-1) === 'token')
    heard.length = 0
    other.postMessage({ type: 'out' })
    await until('the session is over', () => session.value?.isOver ?? true)
    t.equal(session.value?.user, line === '' ? undefined : 'alice')
    // Messages arrive in their order: an echo would be before the next token.
    signIn({ token: alice })
    await until('the token is shared', () => heard.at(-1) === 'token')
    t.strictSame(heard, ['token'])
  }
})

t.test('an ended session with unsaved text waits for its own person, and ends by nobody else', async t => {
  signIn({ token: await token('alice', { zone: 'UTC' }) })
  keep('line', 'alice', 'Half a sentence')
  const other = new BroadcastChannel('daybook.session')
  other.postMessage({ type: 'out', user: 'bob' })
  other.postMessage({ type: 'out', user: 'alice' })
  await until('the session is over', () => session.value?.isOver)
  const tell = async (user: string) => other.postMessage({ type: 'token', token: await token(user) })
  await tell('bob')
  await tell('alice')
  await until('somebody is signed in', () => session.value?.isOver === false)
  t.equal(session.value?.user, 'alice')
  other.postMessage({ type: 'out', user: 'bob' })
  await tell('bob')
  signOut()
  await tell('bob')
  await until('somebody is signed in', () => session.value?.isOver === false)
  t.equal(session.value?.user, 'bob')
  other.close()
})

t.test('what another tab has renewed is taken over, and nothing older or of somebody else', async t => {
  signIn({ token: await token('alice', { expires: '1h' }), refreshToken: 'one' })
  const other = new BroadcastChannel('daybook.session')
  const tell = async (user: string, expires: string, refreshToken: string) =>
    other.postMessage({ type: 'token', token: await token(user, { expires }), refreshToken })
  await tell('bob', '3h', 'of bob')
  await tell('alice', '30m', 'older')
  await tell('alice', '2h', 'two')
  // Messages arrive in their order.
  await until('it is renewed', () => session.value?.refreshToken !== 'one')
  t.match(session.value, { user: 'alice', refreshToken: 'two', isOver: false })
})
