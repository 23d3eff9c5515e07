import t from 'tap'
import { openSlots } from '../../src/attempts/slot-queue.ts'

const never = new AbortController().signal

t.test('slots are given in the order of asking', async t => {
  const slots = openSlots(1)
  const got: string[] = []
  const take = (name: string, signal = never) => slots.take(signal).then(() => got.push(name))
  await take('a')
  const [b, c] = [take('b'), take('c')]
  t.strictSame(got, ['a'])
  slots.free()
  await b
  slots.free()
  await c
  t.strictSame(got, ['a', 'b', 'c'])
})

t.test('who gives up waiting gets no slot and keeps none from others', async t => {
  const slots = openSlots(1)
  await slots.take(never)
  const giveUp = new AbortController()
  const waiting = slots.take(giveUp.signal)
  giveUp.abort(new Error('no time'))
  await t.rejects(waiting, { message: 'no time' })
  await t.rejects(slots.take(giveUp.signal), { message: 'no time' })
  slots.free()
  await t.resolves(slots.take(never))
})
