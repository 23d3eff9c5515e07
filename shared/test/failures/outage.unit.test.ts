import kafkajs from 'kafkajs'
import mongoose from 'mongoose'
import { test } from 'tap'
import { backoff, isOutage, waitOut } from '../../src/failures/outage.ts'
import { memoryLog, silent, stopTime } from '../support/index.ts'

const { MongoNetworkError, MongoServerError } = mongoose.mongo
const disk = (code: string) => Object.assign(new Error(code), { code })

test('the store being away is an outage', async t => {
  t.ok(isOutage(new MongoNetworkError('closed')))
  t.ok(isOutage(new mongoose.mongo.MongoNotConnectedError('not connected')))
  t.ok(isOutage(new mongoose.Error.MongooseServerSelectionError('none')))
  t.ok(isOutage(new MongoServerError({ message: 'not primary', code: 10107 })))
  t.ok(isOutage(new MongoServerError({ message: 'shutting down', code: 91 })))
})

test('the store not letting us in any more is an outage: no message is to blame', async t => {
  t.ok(isOutage(new MongoServerError({ message: 'Authentication failed.', code: 18 })))
  t.ok(isOutage(new MongoServerError({ message: 'Command insert requires authentication', code: 13 })))
})

test('what the store refuses for good is none', async t => {
  t.notOk(isOutage(new MongoServerError({ message: 'E11000 duplicate key', code: 11000 })))
  t.notOk(isOutage(new MongoServerError({ message: 'document failed validation', code: 121 })))
})

test('the broker being away is an outage, a message it will never take is none', async t => {
  t.ok(isOutage(new kafkajs.KafkaJSConnectionError('refused')))
  t.ok(
    isOutage(new kafkajs.KafkaJSNumberOfRetriesExceeded('gone', { retryCount: 5, retryTime: 100 } as never)),
  )
  const tooLarge = { type: 'MESSAGE_TOO_LARGE', code: 10, retriable: false, message: 'too large' }
  t.notOk(isOutage(new kafkajs.KafkaJSProtocolError(tooLarge as never)))
})

test('a disk that is full or away is an outage, a file that is not there is none', async t => {
  for (const code of ['ENOSPC', 'EROFS', 'EIO', 'EMFILE', 'EACCES']) t.ok(isOutage(disk(code)), code)
  for (const code of ['ENOENT', 'ENAMETOOLONG', 'EISDIR']) t.notOk(isOutage(disk(code)), code)
})

test('a bug is no outage, nor is what is not an error', async t => {
  for (const thrown of [new TypeError('x'), new Error('x'), 'ENOSPC', undefined, { code: 'EIO' }]) {
    t.notOk(isOutage(thrown))
  }
})

test('pauses grow from a tenth of a second to ten seconds, and stay there', async t => {
  for (const [n, ms] of [
    [1, 100],
    [2, 200],
    [4, 800],
    [8, 10_000],
    [1000, 10_000],
  ] as const) {
    const pause = backoff(n)
    t.ok(pause >= ms * 0.75 && pause <= ms, `attempt ${n}: ${pause}`)
  }
})

test('an outage is waited out, each attempt said', async t => {
  const time = stopTime(t)
  const { log, lines } = memoryLog()
  let attempts = 0
  const attempt = async () => {
    attempts += 1
    if (attempts <= 12) throw disk('ENOSPC')
    return 'written'
  }
  t.equal(await time.skipUntil(waitOut('writing', attempt, { log })), 'written')
  t.match(lines.at(-1), { msg: 'writing: waiting for an outage to end', attempt: 12 })
})

test('another error is thrown at once', async t => {
  let attempts = 0
  const attempt = async () => {
    attempts += 1
    throw new Error('broken')
  }
  await t.rejects(waitOut('writing', attempt, { log: silent }), { message: 'broken' })
  t.equal(attempts, 1)
})

test('a stop ends the waiting', async t => {
  const stopping = new AbortController()
  const attempt = async () => {
    stopping.abort()
    throw disk('EIO')
  }
  await t.rejects(waitOut('writing', attempt, { log: silent, signal: stopping.signal }), {
    name: 'AbortError',
  })
})
