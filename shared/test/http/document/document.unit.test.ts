import { test } from 'tap'
import { Type } from 'typebox'
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

test('the document says which headers an answer may have', async t => {
  const { paths } = (await (await makeApp(t)).inject('/docs/json')).json()
  const { responses } = paths['/notes'].post
  t.strictSame(Object.keys(responses['4XX'].headers).sort(), ['allow', 'retry-after', 'www-authenticate'])
  t.strictSame(Object.keys(responses['5XX'].headers), ['retry-after'])
})
