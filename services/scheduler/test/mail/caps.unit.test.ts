import { randomUUID } from 'node:crypto'
import { seededRandom } from '@daybook/shared/testing'
import { test } from 'tap'
import { addressesKey, type Place, takePlace } from '../../src/mail/caps.ts'

const minute = 60_000
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 26) + minutes * minute)
const caps = { inAll: 3, toSame: 2 }

test('a place is free while both caps allow a mail', async t => {
  let places: Place[] = []
  const take = (to: string, minutes: number) => {
    const taken = takePlace(places, { mail: randomUUID(), to }, caps, at(minutes))
    if ('places' in taken) places = taken.places
    return 'places' in taken ? taken.isLast : taken.freeAt
  }
  t.equal(take('a', 0), false)
  t.equal(take('a', 1), true, 'the last one to these addresses')
  t.strictSame(take('a', 2), at(60))
  t.equal(take('b', 3), true, 'the last one of all')
  t.strictSame(take('b', 4), at(60))
  t.strictSame(take('a', 59), at(60))
  t.equal(take('a', 60), true)
  t.strictSame(take('a', 60), at(61))
  t.equal(places.length, 3, 'places that have ended are dropped')
})

test('a mail that asks again has one place', async t => {
  const places = [0, 1].map(minutes => ({ mail: `${minutes}`, to: 'a', at: at(minutes) }))
  const again = { mail: '0', to: 'a' }
  t.strictSame(takePlace(places, again, caps, at(5)), {
    places: [places[1], { ...again, at: at(5) }],
    isLast: true,
  })
})

test('after the caps were lowered, as many places must end as are too many', async t => {
  const places = [0, 1, 2].map(minutes => ({ mail: `${minutes}`, to: 'a', at: at(minutes) }))
  const taken = takePlace(places, { mail: 'x', to: 'a' }, { inAll: 9, toSame: 1 }, at(5))
  t.strictSame(taken, { freeAt: at(62) })
})

test('no hour has more mails than the caps allow', async t => {
  const random = seededRandom(t)
  let places: Place[] = []
  const sent: { to: string; minutes: number }[] = []
  for (let minutes = 0; minutes < 2000; minutes += 1 + random(20)) {
    const to = random(10) < 7 ? 'a' : 'b'
    const taken = takePlace(places, { mail: `${minutes}`, to }, caps, at(minutes))
    if (!('places' in taken)) continue
    places = taken.places
    sent.push({ to, minutes })
  }
  for (const { minutes } of sent) {
    const hour = sent.filter(one => one.minutes >= minutes && one.minutes < minutes + 60)
    t.ok(hour.length <= 3)
    t.ok(hour.filter(({ to }) => to === 'a').length <= 2)
  }
  t.ok(sent.length > 60)
})

test('the order of addresses does not matter', async t => {
  t.equal(addressesKey(['b', 'a', 'b']), addressesKey(['a', 'b']))
})
