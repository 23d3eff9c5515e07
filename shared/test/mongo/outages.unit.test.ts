import mongoose from 'mongoose'
import { test } from 'tap'
import { isOutage, waitOut } from '../../src/failures/outage.ts'
import '../../src/mongo/connect-mongo.ts'
import { memoryLog, stopTime } from '../support/index.ts'

const { MongoNetworkError, MongoNotConnectedError, MongoServerError } = mongoose.mongo

test('an unreachable store is an outage', async t => {
  t.ok(isOutage(new MongoNetworkError('closed')))
  t.ok(isOutage(new MongoNotConnectedError('not connected')))
  t.ok(isOutage(new mongoose.Error.MongooseServerSelectionError('none')))
  t.ok(isOutage(new MongoServerError({ message: 'not primary', code: 10107 })))
  t.ok(isOutage(new MongoServerError({ message: 'shutting down', code: 91 })))
})

test('a rejected login and a missing right are outages', async t => {
  t.ok(isOutage(new MongoServerError({ message: 'Authentication failed.', code: 18 })))
  t.ok(isOutage(new MongoServerError({ message: 'Command insert requires authentication', code: 13 })))
})

test('a query whose collection is replaced can be repeated', async t => {
  t.ok(isOutage(new MongoServerError({ message: 'collection dropped', code: 175 })))
})

test('an error that the store repeats for the same command is no outage', async t => {
  t.notOk(isOutage(new MongoServerError({ message: 'E11000 duplicate key', code: 11000 })))
  t.notOk(isOutage(new MongoServerError({ message: 'document failed validation', code: 121 })))
})

const unauthorized = (errmsg: string) => new MongoServerError({ errmsg, code: 13 })
const command = (name: string, lsid: number) =>
  unauthorized(`not authorized on daybook to execute command { ${name}: "tasks", lsid: { id: ${lsid} } }`)

test('a missing right is logged once until it changes, and when it is granted', async t => {
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
    { level: 30, msg: 'the missing right was granted' },
  ])
  t.equal(lines.length, 3)
  t.match(reasons[0], { code: 'DAYBOOK_NOT_AUTHORIZED' })
})

test('the log says when the login is missing', async t => {
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
