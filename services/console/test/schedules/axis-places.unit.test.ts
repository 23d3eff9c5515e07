import t from 'tap'
import { axisPlaces } from '../../src/schedules/definition/axis-places.ts'

const places = (times: number[], now: number) =>
  axisPlaces(
    times.map(at => ({ at })),
    now,
  ).map(({ x }) => x)

t.test('now is in the middle of the axis, whatever lies before and after it', async t => {
  t.strictSame(places([0, 50, 100, 101, 102], 100), [0, 25, 50, 75, 100])
  t.strictSame(places([0, 100], 100), [0, 50])
  t.strictSame(places([200], 100), [100])
})
