import { makeStack, token, withstandsHostileInput } from '@daybook/shared/testing'
import { test } from 'tap'
import { makeScheduler } from '../support/scheduler.ts'

test('no path, query, header or body makes the service fail', async t => {
  const { url, put } = await makeScheduler(t, await makeStack(t))
  await put('nightly', { every: 'PT1H' })
  const options = { token: await token('operator', { admin: true }), path: { name: 'nightly' } }
  await withstandsHostileInput(t, url, options)
})
