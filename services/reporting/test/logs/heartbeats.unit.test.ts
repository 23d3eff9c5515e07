import { setImmediate as nextTurn } from 'node:timers/promises'
import { parseOrPark } from '@daybook/shared/dead-letters/parse-or-park'
import { received, stopTime } from '@daybook/shared/testing'
import t from 'tap'
import { readLogRequest } from '../../src/logs/log-requests.ts'
import { whileBeating } from '../../src/logs/while-beating.ts'

t.test('there is a heartbeat after each message that is parked', async t => {
  const steps: string[] = []
  const unreadable = Array.from({ length: 3 }, () =>
    received({ key: 'k', value: '{', headers: { ce_type: 'WriteUserLog' } }),
  )
  const step = (name: string) => async () => void steps.push(name)
  await parseOrPark(unreadable, readLogRequest, step('parked'), step('heartbeat'))
  t.strictSame(steps, Array(3).fill(['parked', 'heartbeat']).flat())
})

t.test(
  'work without heartbeats of its own has one each second, and an error of one is thrown after the work',
  async t => {
    const time = stopTime(t)
    const work = Promise.withResolvers<string>()
    let beats = 0
    const waiting = whileBeating(work.promise, async () => {
      beats += 1
      if (beats === 3) throw new Error('the group changed')
    })
    await time.pass(1000)
    await time.pass(1000)
    t.equal(beats, 2)
    await time.pass(1000)
    const ended = await Promise.race([waiting.catch(() => true), nextTurn(false)])
    t.notOk(ended, 'a retry must not run beside the work')
    work.resolve('written')
    await t.rejects(waiting, { message: 'the group changed' })
    t.equal(
      await whileBeating(Promise.resolve('written'), async () => void t.fail('short work needs none')),
      'written',
    )
  },
)
