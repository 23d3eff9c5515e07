import { test } from 'tap'
import { DaybookError } from '../../src/failures/errors.ts'
import { isOutage, waitOut } from '../../src/failures/outage.ts'
import { memoryLog, stopTime } from '../support/index.ts'

test('work waits for a missing right that the Kafka port has logged, and does not log it again', async t => {
  const time = stopTime(t)
  const { log, lines } = memoryLog()
  const refusal = new DaybookError('DAYBOOK_NOT_AUTHORIZED', 'no right')
  t.ok(isOutage(refusal))
  let attempts = 0
  const attempt = async () => {
    attempts += 1
    if (attempts < 5) throw refusal
  }
  await time.skipUntil(waitOut('publishing', attempt, { log }))
  t.strictSame(lines, [])
})
