import { silent } from '@daybook/shared/testing'
import { test } from 'tap'
import { wholeDocument } from '../../src/document/read-documents.ts'
import { NOWHERE, startFake, startGateway } from '../support/gateway.ts'

const document = { paths: { '/tasks': { get: { operationId: 'listTasks' } } }, components: {} }

test('the page at /docs and /openapi.json show the paths of all services, and say which service is away', async t => {
  const tasks = await startFake(t, (_request, response) => void response.end(JSON.stringify(document)))
  const { url } = await startGateway(t, { tasks })
  const whole = await (await fetch(`${url}/openapi.json`)).json()
  t.match(whole, { paths: { '/tasks': {}, '/health/ready': {} } })
  t.match(whole.info.description, /paths are missing: reporting, scheduler/)
  t.strictSame(await (await fetch(`${url}/docs/json`)).json(), whole)
  t.equal((await fetch(`${url}/docs`)).status, 200)
})

test('a service that goes away keeps its paths in the document', async t => {
  let gone = false
  const tasks = await startFake(t, (request, response) => {
    if (gone) request.socket.destroy()
    else response.end(JSON.stringify(document))
  })
  let now = 0
  t.intercept(performance, 'now', { value: () => now })
  const make = wholeDocument({ tasks, reporting: NOWHERE, scheduler: NOWHERE }, silent)
  const own = { info: { description: '' }, paths: {}, components: {} }
  t.match(await make(own), { paths: { '/tasks': {} } })
  gone = true
  now += 60_000
  t.match(await make(own), { paths: { '/tasks': {} } })
})
