import { test } from 'tap'
import { asAlice, makeApp } from '../make-app.ts'

test('a query or a path that is not percent-encoded UTF-8 is a problem of 400', async t => {
  const app = await makeApp(t)
  const headers = await asAlice()
  for (const text of ['%ff', '%ED%A0%80', '%C0%AF', 'caf%e9', '%', '%4', '%zz', '100%']) {
    for (const url of [`/list?word=${text}`, `/list?${text}=1`, `/by/${text}`]) {
      const answer = await app.inject({ url, headers })
      t.match(answer.json(), { type: 'urn:daybook:error:DAYBOOK_REQUEST_INVALID', status: 400 }, url)
    }
  }
})

test('percent-encoded UTF-8 is decoded', async t => {
  const app = await makeApp(t)
  const answer = await app.inject({
    url: '/list?word=caf%C3%A9+%F0%9F%92%90%00%25',
    headers: await asAlice(),
  })
  t.strictSame(answer.json(), { word: 'café 💐\0%' })
})

test('an integer in a query has decimal digits only', async t => {
  const app = await makeApp(t)
  const headers = await asAlice()
  for (const text of ['0x10', '1e2', '1e400', '5.0', '+5', '%205', '5%20', '', '%D9%A1', 'NaN', 'Infinity']) {
    t.match((await app.inject({ url: `/list?limit=${text}`, headers })).json(), { status: 400 }, text)
  }
  const beyond = ['201', '9007199254740993', '9'.repeat(400), '1&limit=2']
  for (const text of beyond) {
    t.match((await app.inject({ url: `/list?limit=${text}`, headers })).json(), { status: 400 }, text)
  }
  for (const [text, limit] of Object.entries({ 5: 5, '-5': -5, '007': 7, 0: 0 })) {
    t.strictSame((await app.inject({ url: `/list?limit=${text}`, headers })).json(), { limit })
  }
})
