import {
  client,
  makeStack,
  rawRequest,
  sendRaw,
  startService,
  token,
  withstandsHostileInput,
} from '@daybook/shared/testing'
import { test } from 'tap'
import { as, type List, startTasks, storedEvents, write } from '../support/tasks.ts'

test('no path, query, header or body makes the service fail', async t => {
  const { url } = await startTasks(t)
  const { id } = await write(await as(url, 'alice'))
  await withstandsHostileInput(t, url, { token: await token('alice'), path: { id } })
})

test('q is a literal text, also with special characters of regular expressions', async t => {
  const { url } = await startTasks(t)
  const alice = await as(url, 'alice')
  for (const name of ['a\0b', 'a.b', 'a+b', 'axb', 'a\\Qb', 'A(b']) await write(alice, { name })
  for (const [q, names] of [
    ['\0', ['a\0b']],
    ['a.b', ['a.b']],
    ['a+B', ['a+b']],
    ['\\Q', ['a\\Qb']],
    ['a(', ['A(b']],
    ['.*', []],
  ] as const) {
    const { body } = await alice<List>(`/tasks?q=${encodeURIComponent(q)}`)
    t.strictSame(
      body.tasks.map(({ name }) => name),
      names,
      JSON.stringify(q),
    )
  }
})

const code = (name: string) => `urn:daybook:error:DAYBOOK_${name}`
const issuer = 'https://issuer.example'
const base64 = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

test('hostile requests get their problem without a stack trace, and store nothing', async t => {
  const stack = await makeStack(t)
  const { url } = await startService(t, 'tasks', { ...stack.env, AUTH_ISSUER: issuer })
  const bearer = (user: string) => token(user, { issuer })
  const { id } = await write(client(url, await bearer('alice')))
  const stored = async () => {
    const tasks = await stack.db.collection('tasks').find().sort({ _id: 1 }).toArray()
    return JSON.stringify([tasks, (await storedEvents(stack).distinct('_id')).sort()])
  }
  const before = await stored()

  const ask = async (what: string, jwt: string, request: { at?: string; method?: string; body?: string }) => {
    const { at = '/tasks', method = request.body === undefined ? 'GET' : 'POST', body = '' } = request
    const lines = [`Authorization: Bearer ${jwt}`, 'Content-Type: application/json']
    const answer = await sendRaw(
      url,
      rawRequest(method, at, [...lines, `Content-Length: ${body.length}`], body),
    )
    t.equal(answer.headers['content-type'], 'application/problem+json', what)
    t.notMatch(answer.body, /node_modules|file:\/\/|\.[jt]s:\d|\\n +at /, what)
    return { status: answer.status, type: (JSON.parse(answer.body) as { type: string }).type }
  }

  const mallory = await bearer('mallory')
  const refused = { status: 401, type: code('AUTH_REQUIRED') }
  const claims = { sub: 'alice', iss: issuer, exp: Math.floor(Date.now() / 1000) + 600 }
  for (const [what, jwt] of [
    ['expired', await token('alice', { issuer, expires: '-1m' })],
    ['of another issuer', await token('alice', { issuer: 'https://other.example' })],
    ['of no issuer', await token('alice')],
    ['alg: none', `${base64({ alg: 'none' })}.${base64(claims)}.`],
  ] as const) {
    t.strictSame(await ask(what, jwt, { body: '{"name":"x"}' }), refused, what)
    t.strictSame(await ask(what, jwt, { at: `/tasks/${id}` }), refused, what)
  }

  const unknown = { status: 404, type: code('TASK_NOT_FOUND') }
  for (const [method, at, body] of [
    ['GET', ''],
    ['GET', '/events'],
    ['PATCH', '', '{"name":"mine"}'],
    ['POST', '/complete'],
    ['POST', '/reopen'],
    ['DELETE', ''],
  ] as const) {
    const request = { at: `/tasks/${id}${at}`, method, ...(body && { body }) }
    t.strictSame(await ask(`${method} ${at}`, mallory, request), unknown, `${method} ${at} of another user`)
  }

  const invalid = (status = 400) => ({ status, type: code('REQUEST_INVALID') })
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  for (const [what, body, status] of [
    ['10 MB', `{"name":"${'x'.repeat(10_485_760)}"}`, 413],
    ['deeply nested', `{"name":"x","tags":${deep}}`],
    ['a NUL outside of a text', '{"name":\0"x"}'],
    ['a NUL in a text, not escaped', '{"name":"x\0"}'],
    ['a lone surrogate', '{"name":"\\ud83d"}'],
    ['a lone surrogate in a tag', '{"name":"x","tags":["\\udc00"]}'],
    ['invalid UTF-8', '{"name":"\xff\xfe"}'],
    ['UTF-8 of a surrogate', '{"name":"\xed\xa0\x80"}'],
  ] as const)
    t.strictSame(await ask(what, mallory, { body }), invalid(status), what)

  for (const at of [
    '/tasks/%00',
    '/tasks/%ED%A0%80',
    '/tasks/%FF',
    `/tasks?cursor=${base64({ $gt: '' })}`,
    `/tasks?cursor=${Buffer.from(`${id} `).toString('base64url')}`,
    `/tasks?cursor=${Buffer.from('2026-13-45 x').toString('base64url')}`,
    `/changes?since=${base64({ $gt: '' })}`,
    `/changes?since=${Buffer.from(`-1 ${id}`).toString('base64url')}`,
    `/changes?since=${Buffer.from(`${'9'.repeat(30)} ${id}`).toString('base64url')}`,
  ])
    t.strictSame(await ask(at, mallory, { at }), invalid(), at)

  t.equal(await stored(), before)
})

test('a hand-made token of changes shows no task of another user, and the next one is right again', async t => {
  const { url } = await startTasks(t)
  const [alice, mallory] = [await as(url, 'alice'), await as(url, 'mallory')]
  const { id } = await write(alice)
  for (const at of ['0', '9'.repeat(19)]) {
    const since = Buffer.from(`${at} ${id}`).toString('base64url')
    const { status, body } = await mallory<Changes>(`/changes?since=${since}`)
    t.match([status, body.tasks], [200, []], at)
    const own = await write(mallory, { name: at })
    const { body: later } = await mallory<Changes>(`/changes?since=${body.next}`)
    t.ok(later.tasks.some(task => task.id === own.id))
  }
})

type Changes = { tasks: { id: string }[]; next: string }
