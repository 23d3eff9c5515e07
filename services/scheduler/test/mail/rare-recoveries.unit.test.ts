import { silent } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import type { Recovery } from '../../src/mail/episode.ts'
import { rareRecoveries } from '../../src/mail/rare-recoveries.ts'

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 10) + seconds * 1000)
const kind = (seconds: number, name = 'a') => ({ about: `kind ${name}`, at: at(seconds) })

function setUp(t: Test) {
  const noted: (readonly Recovery[])[] = []
  const fail = (error: Error) => t.fail('it failed', { error })
  const note = async (recoveries: readonly Recovery[]) => void noted.push(recoveries)
  const rare = rareRecoveries(note, { log: silent, fail })
  t.teardown(rare.stop)
  return { noted, ...rare }
}

test('the first success of a topic is noted at once, and later ones of the same second together', async t => {
  const { noted, recovered, stop } = setUp(t)
  await recovered([kind(1), kind(1, 'b')])
  t.strictSame(noted, [[kind(1), kind(1, 'b')]])
  await recovered([kind(3), { ...kind(2), isSettled: true }])
  await recovered([kind(2)])
  t.equal(noted.length, 1)
  await stop()
  t.strictSame(noted[1], [{ ...kind(3), isSettled: true }])
})

test('after a failure the next success is noted at once', async t => {
  const { noted, recovered, failed } = setUp(t)
  await recovered([kind(1)])
  failed('kind a')
  await recovered([kind(2)])
  t.strictSame(noted, [[kind(1)], [kind(2)]])
})

test('a success that waits is not forgotten because of a failure', async t => {
  const { noted, recovered, failed, stop } = setUp(t)
  await recovered([kind(1)])
  await recovered([kind(2)])
  failed('kind a')
  await stop()
  t.match(noted, [[kind(1)], [kind(2)]])
})
