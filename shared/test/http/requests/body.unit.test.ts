import { type Test, test } from 'tap'
import { type RawAnswer, rawRequest, sendRaw } from '../../support/index.ts'
import { asAlice, makeApp } from '../make-app.ts'

/** Sends requests to a server, to `/done`, which takes no body, or to `/notes`, which needs a body. */
async function makeSender(t: Test) {
  const app = await makeApp(t)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const { authorization } = await asAlice()
  const send = (method: string, target: string, headers: string[], body?: string) =>
    sendRaw(url, rawRequest(method, target, [`Authorization: ${authorization}`, ...headers], body))
  const note = (body: string, type = 'application/json', more: string[] = []) =>
    send('POST', '/notes', [`Content-Type: ${type}`, `Content-Length: ${body.length}`, ...more], body)
  return { send, note }
}

const problem = ({ headers, body }: RawAnswer) => {
  const isProblem = headers['content-type'] === 'application/problem+json'
  return isProblem ? (JSON.parse(body) as { status: number; detail: string; errors?: object[] }) : undefined
}

const form = 'Content-Type: application/x-www-form-urlencoded'
const json = 'Content-Type: application/json'
const none = 'Content-Length: 0'
const chunked = 'Transfer-Encoding: chunked'

// Requests that clients sent for a POST without a body in November 2026.
const clients: [client: string, headers: string[], body?: string][] = [
  ['curl -X POST', ['User-Agent: curl/7.88.1', 'Accept: */*']],
  ['curl -d ""', ['User-Agent: curl/7.88.1', 'Accept: */*', none, form]],
  ['curl -d "", chunked', ['User-Agent: curl/7.88.1', 'Accept: */*', json, chunked], '0\r\n\r\n'],
  ['wget --method=POST', ['User-Agent: Wget/1.21.3', 'Accept: */*', none]],
  ['wget --post-data=', ['User-Agent: Wget/1.21.3', 'Accept: */*', form, none]],
  ['HTTPie', ['Accept: */*', none, 'User-Agent: HTTPie/3.2.4']],
  ['HTTPie with an empty input', [none, 'Accept: application/json, */*;q=0.5', json]],
  ['HTTPie --form', [none, 'User-Agent: HTTPie/3.2.4', `${form}; charset=utf-8`]],
  ['requests', ['User-Agent: python-requests/2.34.2', 'Accept: */*', none]],
  ['requests with an empty stream', ['User-Agent: python-requests/2.34.2', chunked], '0\r\n\r\n'],
  ['requests with json={}', ['Content-Length: 2', json], '{}'],
  ['httpx', [none, 'Accept: */*', 'User-Agent: python-httpx/0.28.1']],
  ['httpx with an empty stream', ['Accept: */*', 'User-Agent: python-httpx/0.28.1', chunked], '0\r\n\r\n'],
  ['aiohttp', ['User-Agent: aiohttp/3.14.5', none, 'Content-Type: application/octet-stream']],
  ['aiohttp, chunked', [chunked, 'Content-Type: application/octet-stream'], '0\r\n\r\n'],
  ['axios', ['Accept: application/json, text/plain, */*', form, none]],
  ['axios, as JSON', ['Accept: application/json, text/plain, */*', json, none]],
  ['axios with null', ['Accept: application/json, text/plain, */*', json, 'Content-Length: 4'], 'null'],
  ['axios with {}', ['Accept: application/json, text/plain, */*', json, 'Content-Length: 2'], '{}'],
  [
    'fetch',
    ['accept: */*', 'accept-language: *', 'sec-fetch-mode: cors', 'user-agent: node', 'content-length: 0'],
  ],
  ['fetch with ""', ['content-type: text/plain;charset=UTF-8', 'user-agent: node', 'content-length: 0']],
  ['another media type', [none, 'Content-Type: application/json; charset=latin1']],
  ['no media type', [none, 'Content-Type: json']],
  ['an empty media type', [chunked, 'Content-Type: '], '0\r\n\r\n'],
]

for (const [client, headers, body] of clients) {
  test(`a route without a body accepts the request of ${client}`, async t => {
    const { send } = await makeSender(t)
    for (const method of ['POST', 'DELETE']) {
      t.match(await send(method, '/done', headers, body), { status: 200, body: 'done' }, method)
    }
  })
}

test('a route without a body rejects content', async t => {
  const { send } = await makeSender(t)
  for (const body of ['{"at":"2026-11-22"}', '[]', 'at=2026-11-22', '\xff']) {
    for (const type of [json, form]) {
      const answer = await send('POST', '/done', [type, `Content-Length: ${body.length}`], body)
      t.match(problem(answer), { status: 400, detail: /takes no body/ }, `${type} ${body}`)
    }
  }
})

test('a route that needs a body says so when the request has none, with any media type', async t => {
  const { send, note } = await makeSender(t)
  const needed = { status: 400, detail: 'This route needs a body: send a JSON object' }
  for (const headers of [[], [none], [none, json], [none, form], [none, 'Content-Type: text/plain']]) {
    t.match(problem(await send('POST', '/notes', headers)), needed, headers.join())
  }
  t.match(problem(await send('POST', '/notes', [chunked, json], '0\r\n\r\n')), needed)
  t.match(problem(await note('null')), needed)
})

test('a body that is not UTF-8 is rejected, and no byte becomes U+FFFD', async t => {
  const { note } = await makeSender(t)
  for (const text of ['caf\xe9', '\xed\xa0\x80', '\xc0\xaf', '\xff\xfe', '\xf0\x9f\x92']) {
    const answer = await note(`{"text":"${text}","stars":1}`)
    t.match(problem(answer), { status: 400, detail: 'The body is not valid UTF-8' }, escape(text))
  }
  const utf16 = Buffer.from('\ufeff{"text":"x","stars":1}', 'utf16le').toString('latin1')
  t.match(problem(await note(utf16)), { status: 400, detail: /UTF-8/ })
  t.equal(problem(await note(utf16.slice(2)))?.status, 400, 'without a byte order mark it is no JSON')
})

test('UTF-8 is accepted with and without a byte order mark', async t => {
  const { note } = await makeSender(t)
  const text = 'café 💐 \ufffd'
  const bytes = Buffer.from(`{"text":"${text}","stars":1}`).toString('latin1')
  for (const body of [bytes, `\xef\xbb\xbf${bytes}`]) {
    const answer = await note(body)
    t.equal(answer.status, 200)
    t.equal(JSON.parse(answer.body).text, text)
  }
})

test('a body must be JSON in UTF-8, and its headers must say so', async t => {
  const { note } = await makeSender(t)
  const body = '{"text":"x","stars":1}'
  const good = ['', ';charset=utf-8', '; charset="UTF-8"', ' ; CHARSET=utf8', '; q=1', ';']
  for (const more of good) t.equal((await note(body, `application/json${more}`)).status, 200, more)
  t.equal((await note(body, 'Application/JSON', ['Content-Encoding: identity'])).status, 200)
  const other = ['latin1', 'ISO-8859-1', 'utf-16', 'windows-1252', 'us-ascii', '""', 'utf-8x'].map(
    charset => `application/json; charset=${charset}`,
  )
  const types = ['text/plain', 'text/json', 'application/jsonp', 'application/merge-patch+json', 'json', '']
  for (const type of [...other, ...types]) {
    t.match(problem(await note(body, type)), { status: 415, detail: /JSON in UTF-8/ }, type)
  }
  for (const encoding of ['gzip', 'br', 'gzip, identity']) {
    t.equal((await note(body, 'application/json', [`Content-Encoding: ${encoding}`])).status, 415, encoding)
  }
})

test('a number that JavaScript would change is a fault that points at the number', async t => {
  const { note } = await makeSender(t)
  const answer = await note('{"text":"x","stars":8202522731445525542}')
  t.match(problem(answer), { status: 400, errors: [{ pointer: '/stars', detail: /cannot be kept exactly/ }] })
})

test('an unknown path is 404 and an unknown method 405, with any body', async t => {
  const { send } = await makeSender(t)
  for (const body of ['{', 'x=1', '\xff']) {
    const headers = [form, `Content-Length: ${body.length}`]
    t.equal((await send('POST', '/nowhere', headers, body)).status, 404)
    t.equal((await send('POST', '/me', headers, body)).status, 405)
  }
})
