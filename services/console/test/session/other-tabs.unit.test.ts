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

t.test('signing out in another tab ends the session here, without an echo', async t => {
  t.teardown(() => {
    for (const channel of channels) channel.close()
  })
  const alice = await token('alice', { zone: 'UTC' })
  const other = new BroadcastChannel('daybook.session')
  const heard: string[] = []
  other.onmessage = ({ data }: MessageEvent<{ type: string }>) => heard.push(data.type)
  await shareSession()
  for (const line of ['', 'Half a sentence']) {
    heard.length = 0
    signOut()
    signIn(alice)
    keep('line', 'alice', line)
    await until('the token is shared', () => heard.at(-1) === 'token')
    heard.length = 0
    other.postMessage({ type: 'out' })
    await until('the session is over', () => session.value?.isOver ?? true)
    t.equal(session.value?.user, line === '' ? undefined : 'alice')
    // Messages arrive in their order: an echo would be before the next token.
    signIn(alice)
    await until('the token is shared', () => heard.at(-1) === 'token')
    t.strictSame(heard, ['token'])
  }
})
