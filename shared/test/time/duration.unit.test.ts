import { test } from 'tap'
import { Duration, durationMs } from '../../src/time/duration.ts'
import { makeAjv } from '../../src/validation/ajv.ts'
import { explain } from '../../src/validation/explain.ts'

const second = 1000
const hour = 3600 * second

const durations: [string, number][] = [
  ['PT1S', second],
  ['PT15M', 900 * second],
  ['PT1H30M', 1.5 * hour],
  ['PT90M', 1.5 * hour],
  ['PT1.5H', 1.5 * hour],
  ['P1D', 24 * hour],
  ['P1DT12H', 36 * hour],
  ['PT36H', 36 * hour],
  ['P2DT3H4M5S', 51 * hour + 245 * second],
  ['P36525D', 36_525 * 24 * hour],
]

for (const [text, ms] of durations) {
  test(`${text} is ${ms} ms`, async t => t.equal(durationMs(text), ms))
}

const refused: [string, string][] = [
  ['P1Y', 'years differ in length'],
  ['P1M', 'months differ in length'],
  ['P1W', 'weeks are not supported'],
  ['PT0S', 'the duration is zero'],
  ['PT0.5S', 'not whole seconds'],
  ['PT1.001S', 'not whole seconds'],
  ['-PT1S', 'backwards'],
  ['P36525DT1S', 'more than a hundred years'],
  ['P99999999999999D', 'more than Temporal supports'],
  ['P', 'nothing given'],
  ['PT', 'nothing given'],
  ['15M', 'no P'],
  ['P15', 'no unit'],
  ['PT1H 30M', 'a blank'],
  ['', 'empty'],
]

for (const [text, why] of refused) {
  test(`"${text}" is refused: ${why}`, async t => t.equal(durationMs(text), undefined))
}

test('the schema accepts only durations and describes them', async t => {
  const validate = makeAjv().compile(Duration('How long'))
  t.equal(validate('PT1H30M'), true)
  t.equal(validate('P1Y'), false)
  const [error] = validate.errors ?? []
  t.match(error && explain(error), /must be a duration of whole seconds/)
})
