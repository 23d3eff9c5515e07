import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { until } from '@daybook/shared/testing'
import { test } from 'tap'
import { isAlive } from '../../deploy/local/processes/process-group.ts'

test('a killed test file leaves no service running', async t => {
  const killed = fork(join(import.meta.dirname, 'fixtures', 'killed-test.ts'))
  t.teardown(() => killed.kill('SIGKILL'))
  const [service] = (await once(killed, 'message')) as [number]
  t.ok(isAlive(service))
  killed.kill('SIGKILL')
  await until('the service is gone', () => !isAlive(service))
})
