import { token, withstandsHostileInput } from '@daybook/shared/testing'
import { test } from 'tap'
import type { EventHub } from '../src/events/event-hub.ts'
import { openHub } from './support/events.ts'
import { echo, startFake, startGateway } from './support/gateway.ts'

/** A route of a service behind the gateway, with all that can be attacked. */
const document = {
  paths: {
    '/tasks/{id}': {
      put: {
        operationId: 'putTask',
        parameters: ['path', 'query', 'header'].map(place => ({
          name: place === 'path' ? 'id' : place,
          in: place,
        })),
        requestBody: { content: { 'application/json': { schema: { properties: { name: {} } } } } },
      },
    },
  },
  components: {},
}

test('no path, query, header or body makes the gateway fail, at its own routes and at those of services', async t => {
  const { hub } = openHub()
  const open: EventHub['open'] = async (...args) => {
    const subscription = await hub.open(...args)
    subscription.end('closing')
    return subscription
  }
  const tasks = await startFake(t, (request, response) => {
    if (request.url === '/docs/json') response.end(JSON.stringify(document))
    else echo('tasks')(request, response)
  })
  const { url } = await startGateway(t, { tasks }, { events: { hub: () => ({ ...hub, open }) } })
  await withstandsHostileInput(t, url, {
    token: await token('operator', { admin: true }),
    path: { id: '01a21515-0000-7000-8000-000000000007' },
  })
  t.equal(hub.size(), 0)
})
