import { LONG, makeStack, startService, until } from '@daybook/shared/testing'
import { test } from 'tap'
import type { Static } from 'typebox'
import type { ErasureBody } from '../../src/http/erasure-routes.ts'
import { as, holding, storedEvents, write } from '../support/tasks.ts'

type ErasureJson = Static<typeof ErasureBody>

const skip = !LONG && 'npm run test:long runs it'
const marker = 'zebra'
const texts = { name: `${marker} name`, notes: `${marker} notes`, tags: [`${marker} tag`] }

test('another process finishes the erasure of one that was killed in the middle', { skip }, async t => {
  const stack = await makeStack(t)
  const first = await startService(t, 'tasks', stack.env)
  const grace = await as(first.url, 'grace')
  await Promise.all(Array.from({ length: 600 }, () => write(grace, texts)))
  const { body } = await grace<ErasureJson>('/users/me', { method: 'DELETE' })
  await first.end('SIGKILL')
  const next = await startService(t, 'tasks', stack.env)
  const elsewhere = await as(next.url, 'grace')
  await until('the erasure is done', async () => {
    return (await elsewhere<ErasureJson>(`/erasures/${body.id}`)).body.state === 'done'
  })
  t.strictSame(await holding(stack, marker), [])
  const events = await storedEvents(stack).find({ 'data.userId': 'grace' }).toArray()
  t.equal(events.filter(({ data }) => 'erased' in data).length, 600)
  t.equal(events.length, 1200)
})
