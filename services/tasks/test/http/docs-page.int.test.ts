import { client, token } from '@daybook/shared/testing'
import { t, test } from 'tap'
import { startTasks, write } from '../support/tasks.ts'

interface Document {
  servers?: unknown
  security: object[]
  components: { securitySchemes: object }
  paths: Record<string, Record<string, Operation>>
}

interface Operation {
  security?: object[]
  requestBody?: { content: Record<string, { example?: unknown }> }
}

const { url } = await startTasks(t)
const operator = client(url, await token('operator', { admin: true }))
const { body: document } = await operator<Document>('/docs/json')
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
)

test('the policy of the page at /docs allows requests to its own origin, where the operations are', async t => {
  const policy = (await fetch(`${url}/docs`)).headers.get('content-security-policy') ?? ''
  t.ok(policy.split(';').includes("connect-src 'self'"), policy)
  t.equal(document.servers, undefined, 'without servers, the page sends requests to its own origin')
})

test('the page at /docs sends the pasted token with each operation that needs one', async t => {
  t.match(document.components.securitySchemes, { bearer: { type: 'http', scheme: 'bearer' } })
  t.strictSame(document.security, [{ bearer: [] }])
  for (const { path, method, security } of operations) {
    if (method !== 'get' || path.includes('{')) continue
    const needsToken = security === undefined
    t.equal((await fetch(url + path)).status === 401, needsToken, `${path} without a token`)
    t.equal((await operator(path)).status, 200, `${path} with a token`)
  }
})

test('each body with which the page at /docs begins is accepted', async t => {
  const bodies = operations.flatMap(({ path, method, requestBody }) =>
    Object.entries(requestBody?.content ?? {}).map(([type, { example }]) => ({
      path,
      method,
      type,
      example,
    })),
  )
  t.ok(bodies.length > 0)
  for (const { path, method, type, example } of bodies) {
    const { id } = await write(operator)
    const answer = await fetch(url + path.replace('{id}', id), {
      method: method.toUpperCase(),
      headers: { authorization: `Bearer ${await token('operator', { admin: true })}`, 'content-type': type },
      body: JSON.stringify(example),
    })
    t.ok(answer.ok, `${method} ${path} ${type}`, { answer: await answer.text() })
  }
})
