import mongoose from 'mongoose'
import { test } from 'tap'
import { DaybookError } from '../../src/failures/errors.ts'
import { isOutage, waitOut } from '../../src/failures/outage.ts'
import { memoryLog, stopTime } from '../support/index.ts'

const unauthorized = (errmsg: string) => new mongoose.mongo.MongoServerError({ errmsg, code: 13 })
const command = (name: string, lsid: number) =>
  unauthorized(`not authorized on daybook to execute command { ${name}: "tasks", lsid: { id: ${lsid} } }`)

test('a refusal of MongoDB is logged once until it changes, and when it ends', async t => {
  const time = stopTime(t)
  const { log, lines } = memoryLog()
  const reasons: Error[] = []
  let attempts = 0
  const attempt = async () => {
    attempts += 1
    if (attempts <= 5) throw command('insert', attempts)
    if (attempts <= 8) throw command('update', attempts)
    return 'written'
  }
  const onWait = (reason: Error) => void reasons.push(reason)
  t.equal(await time.skipUntil(waitOut('writing', attempt, { log, onWait })), 'written')
  t.match(lines, [
    { level: 50, code: 'DAYBOOK_NOT_AUTHORIZED', msg: /to insert on daybook\.tasks: grant/ },
    { level: 50, code: 'DAYBOOK_NOT_AUTHORIZED', msg: /to update on daybook\.tasks: grant/ },
    { level: 30, msg: 'MongoDB authorizes us again' },
  ])
  t.equal(lines.length, 3)
  t.match(reasons[0], { code: 'DAYBOOK_NOT_AUTHORIZED' })
})

test('a refusal of MongoDB for want of a login says so', async t => {
  const time = stopTime(t)
  const { log, lines } = memoryLog()
  let refuse = true
  const attempt = async () => {
    if (!refuse) return
    refuse = false
    throw unauthorized('command insert requires authentication')
  }
  await time.skipUntil(waitOut('writing', attempt, { log }))
  t.match(lines[0]?.msg, /without a login/)
})

test('a refusal of Kafka is waited out, and not logged again', async t => {
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
