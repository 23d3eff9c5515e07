import { test } from 'tap'
import { Type } from 'typebox'
import { problems } from '../../../src/http/index.ts'
import { makeApp } from '../make-app.ts'

test('the document says which parameters and bodies are optional', async t => {
  const app = await makeApp(t)
  const querystring = Type.Object({ limit: Type.Integer({ default: 10 }), from: Type.Integer() })
  const body = Type.Object({ text: Type.String() })
  app.post('/needed', { schema: { querystring, body } }, async () => '')
  app.post('/optional', { schema: { body, 'x-optional-body': true } }, async () => '')
  const { paths } = (await app.inject('/docs/json')).json()
  t.match(paths['/needed'].post, {
    parameters: [
      { name: 'limit', required: false },
      { name: 'from', required: true },
    ],
    requestBody: { required: true },
  })
  t.equal(paths['/optional'].post.requestBody.required, false)
  t.notOk('x-optional-body' in paths['/optional'].post)
})

test('the document says which headers an error answer has', async t => {
  const { components } = (await (await makeApp(t)).inject('/docs/json')).json()
  const { AuthRequired401, MethodNotAllowed405, AuthUnavailableOrStoreUnavailable503 } = components.responses
  t.strictSame(Object.keys(AuthRequired401.headers), ['www-authenticate'])
  t.strictSame(Object.keys(MethodNotAllowed405.headers), ['allow'])
  t.strictSame(Object.keys(AuthUnavailableOrStoreUnavailable503.headers), ['retry-after'])
})

test('an operation has the errors that it declares and those of its kind, each with an example', async t => {
  const app = await makeApp(t)
  const response = { 204: Type.Null(), ...problems('DAYBOOK_TASK_NOT_FOUND', 'DAYBOOK_JOB_NOT_FOUND') }
  app.get('/declared', { schema: { response } }, async () => null)
  const { paths, components } = (await app.inject('/docs/json')).json()
  const { responses } = paths['/declared'].get
  t.strictSame(Object.keys(responses), [
    ...['204', '400', '401', '404', '405', '408', '429', '431', '500', '503'],
  ])
  const name = 'TaskNotFoundOrJobNotFound404'
  t.strictSame(responses['404'], { $ref: `#/components/responses/${name}` })
  const { examples } = components.responses[name].content['application/problem+json']
  t.strictSame(Object.keys(examples), ['DAYBOOK_TASK_NOT_FOUND', 'DAYBOOK_JOB_NOT_FOUND'])
  t.match(examples.DAYBOOK_TASK_NOT_FOUND.value, {
    type: 'urn:daybook:error:DAYBOOK_TASK_NOT_FOUND',
    status: 404,
  })
})

test('only operations that need a scope can be forbidden, and only public ones need no token', async t => {
  const app = await makeApp(t)
  app.get('/scoped', { config: { scope: 'jobs' }, schema: {} }, async () => '')
  app.get('/open', { config: { public: true }, schema: { response: problems() } }, async () => '')
  const { paths } = (await app.inject('/docs/json')).json()
  t.ok('403' in paths['/scoped'].get.responses)
  t.notOk('403' in paths['/list'].get.responses)
  t.ok('401' in paths['/list'].get.responses)
  t.notOk('401' in paths['/open'].get.responses)
  t.strictSame(Object.keys(paths['/health/live'].get.responses), ['200', '503'])
})
