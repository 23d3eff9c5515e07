import '../browser.ts'
import t from 'tap'
import { away } from '../../src/api/parts.ts'
import { send } from '../../src/api/send.ts'
import { answerWith } from '../browser.ts'

const request = () => new Request('http://daybook/services/tasks/tasks')

t.test('an answer whose body breaks is no answer', async t => {
  const broken = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"tas'))
      controller.error(new TypeError('terminated'))
    },
  })
  answerWith(() => new Response(broken))
  t.match(await (await send(request())).json(), { type: 'urn:daybook:console:NO_CONNECTION', status: 503 })
})

t.test('an answer has its status, headers and body', async t => {
  answerWith(() => Response.json({ id: 1 }, { status: 201, headers: { etag: '"1"' } }))
  const answer = await send(request())
  t.strictSame([answer.status, answer.headers.get('etag'), await answer.json()], [201, '"1"', { id: 1 }])
  answerWith(() => new Response(null, { status: 204 }))
  t.equal((await send(request())).status, 204)
})

t.test('a page of something else is no answer of Daybook', async t => {
  for (const status of [200, 502]) {
    answerWith(() => new Response('<html>', { status, headers: { 'content-type': 'text/html' } }))
    const answer = await send(request())
    t.match(await answer.json(), { type: 'urn:daybook:console:OTHER_ANSWER', status: 502 })
    t.equal(answer.status, 502)
  }
})

t.test(
  'an answer of one route does not say that MongoDB is back, and only a service that is away counts as away',
  async t => {
    const answers = (status: number, code: string) =>
      answerWith(() => Response.json({ type: `urn:daybook:error:${code}`, status }, { status, headers }))
    const headers = { 'content-type': 'application/problem+json' }
    const parts = () => [...away.value.keys()]
    answers(503, 'DAYBOOK_STORE_UNAVAILABLE')
    await send(request())
    t.strictSame(parts(), ['mongodb'])
    answerWith(() => Response.json({}))
    await send(request())
    t.strictSame(parts(), ['mongodb'])
    answers(503, 'DAYBOOK_AUTH_UNAVAILABLE')
    await send(request())
    t.strictSame(parts(), ['mongodb'])
    answers(503, 'DAYBOOK_SERVICE_AWAY')
    await send(request())
    t.strictSame(parts(), ['mongodb', 'tasks'])
  },
)
