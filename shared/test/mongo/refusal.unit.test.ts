import mongoose from 'mongoose'
import { test } from 'tap'
import { mongoRefusal } from '../../src/mongo/refusal.ts'

const { MongoServerError } = mongoose.mongo

test('a rejected login says why, and which setting must be right', async t => {
  const error = new MongoServerError({ message: 'Authentication failed.', code: 18 })
  t.match(mongoRefusal(error), {
    code: 'DAYBOOK_LOGIN_REFUSED',
    message: /^MongoDB refuses the login \(Authentication failed\.\): MONGODB_URI/,
    cause: error,
  })
})

test('a primary that steps down and a bug are not refusals', async t => {
  t.equal(mongoRefusal(new MongoServerError({ message: 'not primary', code: 10107 })), undefined)
  t.equal(mongoRefusal(new Error('a bug')), undefined)
})
