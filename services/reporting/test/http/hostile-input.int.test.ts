import { token, withstandsHostileInput } from '@daybook/shared/testing'
import { test } from 'tap'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

test('no path, query, header or body makes the service fail', async t => {
  const { stack, publish, endDay } = await makeBench(t)
  const { url, runDone } = await startReporting(t, stack)
  const day = '2026-11-22'
  await publish(completed('alice', day))
  await endDay(day)
  await runDone(day)
  const options = { token: await token('operator', { admin: true }), path: { day, id: `${day}@UTC` } }
  await withstandsHostileInput(t, url, options)
})
