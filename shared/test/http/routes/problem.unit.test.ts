import mongoose from 'mongoose'
import { type Test, test } from 'tap'
import { DaybookError } from '../../../src/failures/errors.ts'
import '../../../src/mongo/connect-mongo.ts'
import { memoryLog } from '../../support/index.ts'
import { asAlice, makeApp } from '../make-app.ts'

async function post(t: Test, payload: string, type = 'application/json') {
  const app = await makeApp(t)
  const headers = { ...(await asAlice()), 'content-type': type }
  const answer = await app.inject({ method: 'POST', url: '/notes', headers, payload })
  t.equal(answer.headers['content-type'], 'application/problem+json')
  return answer.json() as Record<string, unknown>
}

async function failing(t: Test, failure: unknown) {
  const { log, lines } = memoryLog()
  const app = await makeApp(t, { failure, log })
  const answer = await app.inject({ url: '/fails', headers: await asAlice() })
  t.equal(answer.headers['content-type'], 'application/problem+json')
  return { problem: answer.json() as Record<string, unknown>, headers: answer.headers, lines }
}

const invalid = { type: 'urn:daybook:error:DAYBOOK_REQUEST_INVALID', title: 'The request is not valid' }

test('each fault of a body has a pointer to it', async t => {
  const problem = await post(t, '{"text":"","stars":"5","moon":1}')
  t.match(problem, { ...invalid, status: 400, instance: '/notes' })
  const pointers = (problem.errors as { pointer: string }[]).map(({ pointer }) => pointer)
  t.strictSame(pointers.sort(), ['/moon', '/stars', '/text'])
})

test('at most 100 faults are reported', async t => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`moon ${i}`, 1]))
  const { errors } = await post(t, JSON.stringify(many))
  t.equal((errors as unknown[]).length, 100)
})

test('the fault of a missing field points at it', async t => {
  t.match((await post(t, '{"text":"x"}')).errors, [{ pointer: '/stars', detail: 'is missing' }])
})

test('no value of a body is converted', async t => {
  t.match((await post(t, '{"text":"x","stars":"5"}')).errors, [
    { pointer: '/stars', detail: 'must be integer' },
  ])
})

test('a fault of the query points into the query, where numbers are text', async t => {
  const app = await makeApp(t)
  const answer = await app.inject({ url: '/list?limit=900', headers: await asAlice() })
  t.match(answer.json(), { ...invalid, status: 400, errors: [{ pointer: '/querystring/limit' }] })
  t.strictSame((await app.inject({ url: '/list?limit=9', headers: await asAlice() })).json(), { limit: 9 })
})

test('a body that is not JSON is a problem of 400', async t => {
  t.match(await post(t, '{"text":'), { ...invalid, status: 400 })
  t.match(await post(t, ''), { ...invalid, status: 400 })
})

test('a body with __proto__ is rejected', async t => {
  t.match(await post(t, '{"text":"x","stars":1,"__proto__":{"admin":true}}'), { ...invalid, status: 400 })
})

test('a body that is too large is a problem of 413', async t => {
  t.match(await post(t, JSON.stringify({ text: 'x'.repeat(2 ** 20) })), { ...invalid, status: 413 })
})

test('a body of another media type is a problem of 415', async t => {
  t.match(await post(t, 'text=x', 'application/x-www-form-urlencoded'), { ...invalid, status: 415 })
  t.match(await post(t, '{"text":"x","stars":1}', 'text/plain'), { ...invalid, status: 415 })
})

test('an unknown path is a problem of 404, also without a token', async t => {
  const app = await makeApp(t)
  for (const [method, url] of [
    ['GET', '/nowhere?a=b'],
    ['GET', '/Me'],
  ] as const) {
    const answer = await app.inject({ method, url })
    t.match(answer.json(), { type: 'urn:daybook:error:DAYBOOK_ROUTE_NOT_FOUND', status: 404, instance: url })
    t.equal(answer.headers['content-type'], 'application/problem+json')
  }
})

test('a malformed path is a problem of 400', async t => {
  const app = await makeApp(t)
  const answer = await app.inject('/notes/%zz')
  t.equal(answer.headers['content-type'], 'application/problem+json')
  t.match(answer.json(), { ...invalid, status: 400 })
})

test('an unreachable store is a problem of 503 that says when to retry', async t => {
  const { problem, headers } = await failing(t, new mongoose.mongo.MongoNetworkError('10.0.0.7 refused'))
  t.match(problem, { type: 'urn:daybook:error:DAYBOOK_STORE_UNAVAILABLE', status: 503 })
  t.equal(headers['retry-after'], '5')
  t.notMatch(JSON.stringify(problem), '10.0.0.7')
})

test('a bug is a problem of 500 that shows the cause in the log only', async t => {
  const { problem, lines } = await failing(t, new TypeError('secret of the house'))
  t.match(problem, { type: 'urn:daybook:error:DAYBOOK_INTERNAL', status: 500, instance: '/fails' })
  t.notMatch(JSON.stringify(problem), 'secret of the house')
  t.match(lines, [{ level: 50, err: { type: 'TypeError', message: 'secret of the house' } }])
})

test('an error of the catalogue answers with its own status', async t => {
  const { problem, lines } = await failing(t, new DaybookError('DAYBOOK_TASK_CHANGED', 'read it again'))
  t.strictSame(problem, {
    type: 'urn:daybook:error:DAYBOOK_TASK_CHANGED',
    title: 'The task has changed since you read it',
    status: 412,
    detail: 'read it again',
    instance: '/fails',
  })
  t.match(lines, [{ level: 20, msg: 'answered', status: 412 }], "a client's error is no error of the service")
  t.equal(lines.length, 1)
})

test('an error of the catalogue without a status is 500', async t => {
  t.match((await failing(t, new DaybookError('DAYBOOK_KAFKA_OFFSETS_GONE', 'gone'))).problem, { status: 500 })
})
